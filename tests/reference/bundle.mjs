/**
 * bundle.mjs - the parts of a bundle put together, for asking
 *
 * What FORMAT.md says the parts mean to each other: the catalogue's items go on where the model's
 * end, and without a catalogue items are listed, in stock and have nothing else.
 */
import { must } from './bytes.mjs';
import { readCampaigns, standingYes } from './campaigns.mjs';
import { readCatalogue } from './catalogue.mjs';
import { RELATIONS } from './links.mjs';
import { readModel } from './model.mjs';

const DEFAULT_SITE = {
  shop_id: '',
  shop_name: '',
  currency: 'EUR',
  locale: 'en',
  price_decimals: 2,
  just_bought_s: 2592000,
  session_gap_s: 1800,
  retention_s: 7776000,
  interest_half_life_s: 604800,
  standing_yes: standingYes(),
};

export function openBundle({ model, catalogue, campaigns }) {
  const model_content = model ? readModel(model).content : null;
  must(model_content !== null || !catalogue, 0, 'a catalogue needs its model');
  const catalogue_content = catalogue ? readCatalogue(catalogue, [], model_content) : null;
  const campaigns_content = campaigns ? readCampaigns(campaigns) : null;
  const count = catalogue_content?.item_count ?? model_content?.item_count ?? 0;
  const items = Array.from({ length: count }, (_, index) =>
    itemOf(index, model_content, catalogue_content),
  );
  const by_hash = new Map(items.map(({ hash }, index) => [hash, index]));
  return {
    model: model_content,
    has_catalogue: catalogue_content !== null,
    items,
    find: (hash) => by_hash.get(hash) ?? -1,
    categories: catalogue_content?.categories ?? [],
    brands: catalogue_content?.brands ?? [],
    templates: catalogue_content?.templates ?? { title: '', url: '', image: '' },
    site: campaigns_content?.site ?? DEFAULT_SITE,
    rules: campaigns_content?.rules ?? {
      excluded_items: [],
      excluded_categories: [],
      excluded_brands: [],
    },
    slots: campaigns_content?.slots ?? [],
    top: (kind) => model_content?.tops.find((list) => list.kind === kind)?.items ?? [],
    news: catalogue_content?.news ?? [],
  };
}

function itemOf(index, model, catalogue) {
  const learned = model.items[index] ?? { popularity: 0 };
  const drawn = catalogue?.items[index] ?? {
    title: '',
    url: '',
    image: '',
    price: null,
    list_price: null,
    category: null,
    brand: null,
    listed: true,
    in_stock: true,
    attributes: [],
  };
  return {
    ...drawn,
    ...learned,
    ...linksOf(learned, drawn),
    index,
    id: learned.id ?? drawn.id,
    hash: learned.hash ?? drawn.hash,
  };
}

/** The links of the model and after them those of the catalogue, by relation. */
function linksOf(learned, drawn) {
  return Object.fromEntries(
    RELATIONS.map(([, name]) => [
      name,
      [...(learned[name] ?? []), ...(drawn[name] ?? [])].slice(0, 64),
    ]),
  );
}
