/**
 * scene-tab.js - what the page knows of this moment, as expressions see it
 */
import { make } from '../privacy/dom.js';
import { openTable } from './table.js';

/** @type {import('./panel.js').OpenTab} */
export function sceneTab(sotto, campaigns) {
  const table = openTable('This moment, by the names that expressions use', ['name', 'value'],
    'Nothing is known.');
  return {
    name: 'Moment',
    element: make('div', {}, table.element),
    show: () => table.show(Object.entries(campaigns.inspect().scene).map(([name, value]) =>
      ({ key: name, cells: [name, String(value)] }))),
  };
}
