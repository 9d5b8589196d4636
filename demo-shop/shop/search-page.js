/** search-page.js - what matches the words in the address */
import { loadCatalogue } from './catalogue.js';
import { part, reveal } from './dom.js';
import { tell } from './events.js';
import { showListing } from './listing.js';

const catalogue = await loadCatalogue();
const words = (new URLSearchParams(location.search).get('q') ?? '').trim();
const found = catalogue.search(words);

part('title').textContent = words ? `“${words}”` : 'What are you looking for?';
document.title = words ? `${words}: Osier & Ash` : 'Search: Osier & Ash';
document.querySelector('.listing').hidden = found.length === 0;
part('nothing').hidden = found.length > 0;
if (!words) part('nothing').querySelector('h2').textContent = 'What people like here';
showListing(found);
reveal();
if (words) tell('search', { query: words, found: found.slice(0, 8).map((product) => product.id), results: found.length });
