/**
 * basket.js - the basket and the orders, kept in this browser because a shop cannot do without
 *
 * Storage may be refused; then the basket lives as long as the page.
 */
import { tell } from './events.js';

const BASKET = 'osier-ash basket';
const ORDERS = 'osier-ash orders';
const memory = new Map();
const listeners = new Set();

function read(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    return memory.get(key) ?? otherwise;
  }
}

function write(key, value) {
  memory.set(key, value);
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch { /* in memory, then */ }
  for (const listener of listeners) listener();
}

/** @returns {{ id: string, quantity: number }[]} */
export const lines = () => read(BASKET, []);
export const ids = () => lines().map((line) => line.id);
export const count = () => lines().reduce((sum, line) => sum + line.quantity, 0);

export function add(id, quantity) {
  const all = lines();
  const line = all.find((other) => other.id === id);
  if (line) line.quantity = Math.min(20, line.quantity + quantity);
  else all.push({ id, quantity });
  write(BASKET, all);
  tell('cart_add', { item: id, quantity });
}

/** Zero removes. */
export function setQuantity(id, quantity) {
  const before = lines().find((line) => line.id === id)?.quantity ?? 0;
  if (quantity === before) return;
  const all = lines().map((line) => (line.id === id ? { id, quantity } : line));
  write(BASKET, all.filter((line) => line.quantity > 0));
  if (quantity > before) tell('cart_add', { item: id, quantity: quantity - before });
  else tell('cart_remove', { item: id, quantity: before - quantity });
}

/** Turns the basket into an order. The thank-you page tells its lines as purchases, once. */
export function placeOrder(code = '') {
  const orders = read(ORDERS, []);
  const number = `OA-${1001 + orders.length}`;
  const order = { number, at: new Date().toISOString(), lines: lines(), code, told: false };
  write(ORDERS, [...orders, order]);
  write(BASKET, []);
  return order;
}

export const orders = () => read(ORDERS, []);

/** True the first time it is asked about an order. */
export function markTold(number) {
  const all = orders();
  const order = all.find((other) => other.number === number);
  if (!order || order.told) return false;
  order.told = true;
  write(ORDERS, all);
  return true;
}

export function forgetAll() {
  write(BASKET, []);
  write(ORDERS, []);
}

/** @param {() => void} listener also told of what other tabs do @returns {() => void} */
export function onChange(listener) {
  listeners.add(listener);
  const fromOtherTab = (event) => { if (event.key === BASKET || event.key === ORDERS) listener(); };
  addEventListener('storage', fromOtherTab);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', fromOtherTab);
  };
}
