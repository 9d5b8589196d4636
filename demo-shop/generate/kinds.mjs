/**
 * kinds.mjs - what the shop sells
 *
 * One entry a kind of product: where it stands, what it costs at price level 1 and 3, how many
 * models there are and in how many colours, and what people buy with it.
 *
 *   goes     complementary kinds, strongest first
 *   lasts    the days a consumable lasts before it is bought again
 *   season   how demand moves over the 90 days: +1 rises towards the end, -1 falls
 *   aisle    which brands make it, if not those of the category's first part
 */

const kind = (name, code, category, rest) => ({ name, code, category, season: 0, ...rest });

export const KINDS = [
  kind('mug', 'MUG', 'Kitchen > Mugs', {
    noun: 'mug', models: 12, colours: 2, price: [9, 26],
    materials: ['stoneware', 'porcelain', 'earthenware'], sizes: ['250 ml', '350 ml'],
    goes: ['teapot', 'cafetiere', 'tea', 'coffee'],
    text: 'A handle with room for three fingers.' }),
  kind('teapot', 'TPT', 'Kitchen > Tea and coffee', {
    noun: 'teapot', models: 7, colours: 2, price: [28, 74],
    materials: ['stoneware', 'porcelain', 'earthenware'], sizes: ['0.8 l', '1.2 l'],
    goes: ['mug', 'tea', 'tray'],
    text: 'Pours without a drip and has a strainer behind the spout.' }),
  kind('cafetiere', 'CAF', 'Kitchen > Tea and coffee', {
    noun: 'cafetière', models: 4, colours: 1, price: [24, 62],
    materials: ['glass'], sizes: ['0.6 l', '1 l'],
    goes: ['coffee', 'mug', 'tray'],
    text: 'Double mesh, so that the last cup is as clear as the first.' }),
  kind('kettle', 'KET', 'Kitchen > Tea and coffee', {
    noun: 'kettle', models: 5, colours: 1, price: [36, 110],
    materials: ['enamel', 'steel'], sizes: ['1.5 l'],
    goes: ['teapot', 'tea', 'mug'],
    text: 'For every hob; it hums before it whistles.' }),
  kind('saucepan', 'PAN', 'Kitchen > Pots and pans', {
    noun: 'saucepan', models: 5, colours: 1, price: [32, 98],
    materials: ['enamel', 'steel', 'copper'], sizes: ['16 cm', '20 cm'],
    goes: ['casserole', 'spoon', 'board'],
    text: 'A thick base that keeps milk from catching.' }),
  kind('casserole', 'CAS', 'Kitchen > Pots and pans', {
    noun: 'casserole', models: 5, colours: 2, price: [59, 189],
    materials: ['cast iron', 'enamel'], sizes: ['4 l', '5.5 l'],
    goes: ['spoon', 'board', 'saucepan'],
    season: -0.5,
    text: 'From hob to oven to table, and then there for your children.' }),
  kind('board', 'BRD', 'Kitchen > Boards and tools', {
    noun: 'chopping board', models: 6, colours: 1, price: [18, 58],
    materials: ['oak', 'birch', 'walnut'], sizes: ['small', 'large'],
    goes: ['knife', 'spoon', 'bowl'],
    text: 'End grain, oiled, with a juice groove.' }),
  kind('knife', 'KNF', 'Kitchen > Boards and tools', {
    noun: 'kitchen knife', models: 5, colours: 1, price: [26, 95],
    materials: ['steel'], sizes: ['14 cm', '20 cm'],
    goes: ['board', 'spoon'],
    text: 'A blade that takes an edge and keeps it.' }),
  kind('spoon', 'SPN', 'Kitchen > Boards and tools', {
    noun: 'spoon set', models: 4, colours: 1, price: [9, 24],
    materials: ['oak', 'birch', 'walnut'], sizes: ['set of 3'],
    goes: ['board', 'casserole', 'bowl'],
    text: 'Three shapes: to stir, to taste, to scrape.' }),
  kind('jar', 'JAR', 'Kitchen > Storage jars', {
    noun: 'storage jar', models: 7, colours: 2, price: [12, 34],
    materials: ['glass', 'stoneware'], sizes: ['0.5 l', '1 l', '2 l'],
    goes: ['coffee', 'tea', 'spoon'],
    text: 'The lid seals with a soft sigh.' }),
  kind('plate', 'PLT', 'Table > Plates and bowls', {
    noun: 'plate', models: 9, colours: 2, price: [11, 34],
    materials: ['stoneware', 'porcelain', 'earthenware'], sizes: ['21 cm', '27 cm'],
    goes: ['bowl', 'napkin', 'tumbler'],
    text: 'A low rim that keeps the sauce where it belongs.' }),
  kind('bowl', 'BWL', 'Table > Plates and bowls', {
    noun: 'bowl', models: 9, colours: 2, price: [12, 36],
    materials: ['stoneware', 'porcelain', 'earthenware'], sizes: ['14 cm', '22 cm'],
    goes: ['plate', 'napkin', 'tray'],
    text: 'As right for porridge as for pasta.' }),
  kind('tumbler', 'TMB', 'Table > Glasses', {
    noun: 'tumbler', models: 5, colours: 2, price: [7, 24],
    materials: ['glass'], sizes: ['250 ml', '400 ml'],
    goes: ['carafe', 'plate', 'tray'],
    text: 'Thick-footed, and it stacks.' }),
  kind('wineglass', 'WGL', 'Table > Glasses', {
    noun: 'wine glass', models: 5, colours: 1, price: [9, 32],
    materials: ['glass'], sizes: ['300 ml'],
    goes: ['carafe', 'napkin', 'candle'],
    text: 'A fine rim and a stem that survives the dishwasher.' }),
  kind('carafe', 'CRF', 'Table > Glasses', {
    noun: 'carafe', models: 5, colours: 1, price: [19, 56],
    materials: ['glass'], sizes: ['1 l'],
    goes: ['tumbler', 'wineglass', 'tray'],
    season: 0.5,
    text: 'Holds a bottle of wine, or a litre of water and some mint.' }),
  kind('napkin', 'NAP', 'Table > Table linen', {
    noun: 'napkins', models: 6, colours: 2, price: [14, 38],
    materials: ['linen', 'cotton'], sizes: ['set of 4'],
    goes: ['tablecloth', 'plate', 'candle'],
    text: 'Softer after every wash.' }),
  kind('tablecloth', 'TBC', 'Table > Table linen', {
    noun: 'tablecloth', models: 5, colours: 2, price: [38, 110],
    materials: ['linen', 'cotton'], sizes: ['150 × 250 cm'],
    goes: ['napkin', 'candleholder', 'plate'],
    text: 'Mitred corners, and a generous drop.' }),
  kind('tray', 'TRY', 'Table > Trays', {
    noun: 'tray', models: 6, colours: 1, price: [22, 64],
    materials: ['oak', 'birch', 'walnut'], sizes: ['40 cm'],
    goes: ['mug', 'tumbler', 'teapot'],
    text: 'For breakfast in bed, or for the post.' }),
  kind('tablelamp', 'TLP', 'Living > Lamps', {
    noun: 'table lamp', models: 8, colours: 2, price: [48, 165],
    materials: ['ceramic', 'metal', 'wood'], sizes: ['38 cm', '52 cm'],
    goes: ['armchair', 'cushion', 'vase'],
    season: -0.4,
    text: 'A warm pool of light, dimmable.' }),
  kind('floorlamp', 'FLP', 'Living > Lamps', {
    noun: 'floor lamp', models: 5, colours: 1, price: [95, 320],
    materials: ['metal', 'wood'], sizes: ['150 cm'],
    goes: ['armchair', 'rug', 'cushion'],
    season: -0.4,
    text: 'Stands behind the chair you read in.' }),
  kind('pendant', 'PND', 'Living > Lamps', {
    noun: 'pendant lamp', models: 6, colours: 1, price: [59, 210],
    materials: ['metal', 'glass', 'rattan'], sizes: ['30 cm', '45 cm'],
    goes: ['chair', 'tablecloth', 'tablelamp'],
    text: 'Hang it low over the table.' }),
  kind('chair', 'CHR', 'Living > Chairs and stools', {
    noun: 'dining chair', models: 7, colours: 1, price: [89, 290],
    materials: ['oak', 'birch', 'walnut'], sizes: ['seat 45 cm'],
    goes: ['cushion', 'pendant', 'stool'],
    text: 'A back with some give, for long dinners.' }),
  kind('stool', 'STL', 'Living > Chairs and stools', {
    noun: 'stool', models: 5, colours: 1, price: [54, 160],
    materials: ['oak', 'birch', 'walnut'], sizes: ['45 cm', '65 cm'],
    goes: ['chair', 'planter', 'tablelamp'],
    text: 'A seat, a bedside table, a place for a plant.' }),
  kind('armchair', 'ARM', 'Living > Chairs and stools', {
    noun: 'armchair', models: 5, colours: 2, price: [290, 890],
    materials: ['wool', 'linen', 'bouclé'], sizes: ['seat 42 cm'],
    goes: ['throw', 'cushion', 'floorlamp'],
    text: 'Deep enough to fold your legs into.' }),
  kind('cushion', 'CSH', 'Living > Cushions and throws', {
    noun: 'cushion', models: 9, colours: 2, price: [22, 69],
    materials: ['linen', 'cotton', 'wool'], sizes: ['45 × 45 cm', '40 × 60 cm'],
    goes: ['throw', 'armchair', 'rug'],
    text: 'Feather filled, with a cover that comes off.' }),
  kind('throw', 'THR', 'Living > Cushions and throws', {
    noun: 'throw', models: 7, colours: 2, price: [45, 140],
    materials: ['wool', 'cotton'], sizes: ['130 × 180 cm'],
    goes: ['cushion', 'armchair', 'candle'],
    season: -0.8,
    text: 'Woven on old looms, with a fringe on two sides.' }),
  kind('rug', 'RUG', 'Living > Rugs', {
    noun: 'rug', models: 7, colours: 1, price: [89, 390],
    materials: ['wool', 'jute', 'cotton'], sizes: ['120 × 180 cm', '170 × 240 cm'],
    goes: ['cushion', 'floorlamp', 'armchair'],
    text: 'Flat woven, and turns over.' }),
  kind('candle', 'CND', 'Living > Candles', {
    noun: 'scented candle', models: 8, colours: 1, price: [12, 42],
    materials: ['soy wax', 'beeswax'], sizes: ['40 h', '60 h'],
    goes: ['candleholder', 'vase', 'throw'],
    lasts: 32, season: -0.6,
    text: 'Burns evenly to the last centimetre.' }),
  kind('candleholder', 'CHD', 'Living > Candles', {
    noun: 'candle holder', models: 5, colours: 1, price: [14, 48],
    materials: ['brass', 'steel', 'stoneware'], sizes: ['12 cm', '22 cm'],
    goes: ['candle', 'vase', 'napkin'],
    text: 'Heavy in the foot, so that it stands.' }),
  kind('vase', 'VAS', 'Living > Vases', {
    noun: 'vase', models: 9, colours: 2, price: [19, 79],
    materials: ['stoneware', 'glass', 'porcelain'], sizes: ['18 cm', '28 cm'],
    goes: ['candleholder', 'candle', 'tablecloth'],
    season: 0.4,
    text: 'A neck that holds five stems as well as one.' }),
  kind('towel', 'TWL', 'Bath > Towels', {
    noun: 'towel', models: 7, colours: 2, price: [14, 46],
    materials: ['cotton', 'linen'], sizes: ['50 × 100 cm', '70 × 140 cm'],
    goes: ['soap', 'bathmat', 'candle'],
    text: 'Thirsty, quick to dry, with a loop to hang it by.' }),
  kind('bathmat', 'BMT', 'Bath > Towels', {
    noun: 'bath mat', models: 5, colours: 1, price: [19, 52],
    materials: ['cotton'], sizes: ['50 × 80 cm'],
    goes: ['towel', 'soap'],
    text: 'Thick enough for cold mornings.' }),
  kind('soap', 'SOP', 'Bath > Soap', {
    noun: 'hand soap', models: 7, colours: 1, price: [7, 19],
    materials: ['olive oil', 'shea'], sizes: ['250 ml'],
    goes: ['towel', 'bathmat'],
    lasts: 26,
    text: 'Mild, and it rinses clean.' }),
  kind('planter', 'PLA', 'Garden > Planters', {
    noun: 'planter', models: 10, colours: 2, price: [14, 68],
    materials: ['terracotta', 'stoneware', 'zinc'], sizes: ['14 cm', '22 cm', '30 cm'],
    goes: ['soil', 'wateringcan', 'seeds', 'trowel'],
    season: 0.8,
    text: 'With a hole to drain, and a saucer to catch it.' }),
  kind('wateringcan', 'WTC', 'Garden > Tools', {
    noun: 'watering can', models: 5, colours: 2, price: [22, 68],
    materials: ['zinc', 'steel'], sizes: ['1.5 l', '5 l'],
    goes: ['planter', 'soil', 'trowel'],
    season: 0.8,
    text: 'A long spout that finds the roots.' }),
  kind('trowel', 'TRW', 'Garden > Tools', {
    noun: 'hand trowel', models: 4, colours: 1, price: [12, 36],
    materials: ['steel'], sizes: ['30 cm'],
    goes: ['seeds', 'soil', 'wateringcan'],
    season: 0.9,
    text: 'Ash handle, and a blade that does not bend.' }),
  kind('soil', 'SOI', 'Garden > Soil and seeds', {
    noun: 'potting soil', models: 5, colours: 1, price: [6, 16],
    materials: ['peat-free'], sizes: ['10 l', '20 l'],
    goes: ['seeds', 'planter', 'trowel'],
    lasts: 30, season: 1, aisle: 'Growing',
    text: 'Peat-free, with bark and coir.' }),
  kind('seeds', 'SED', 'Garden > Soil and seeds', {
    noun: 'seeds', models: 9, colours: 1, price: [3, 6],
    materials: ['organic'], sizes: ['1 packet'],
    goes: ['soil', 'trowel', 'planter'],
    lasts: 24, season: 1, aisle: 'Growing',
    text: 'Open-pollinated, so you can keep your own next year.' }),
  kind('tea', 'TEA', 'Pantry > Tea', {
    noun: 'tea', models: 10, colours: 1, price: [6, 17],
    materials: ['loose leaf'], sizes: ['75 g', '125 g'],
    goes: ['teapot', 'mug', 'jar'],
    lasts: 28,
    text: 'Packed the week it is ordered.' }),
  kind('coffee', 'COF', 'Pantry > Coffee', {
    noun: 'coffee', models: 8, colours: 1, price: [8, 19],
    materials: ['whole bean'], sizes: ['250 g', '500 g'],
    goes: ['cafetiere', 'mug', 'jar'],
    lasts: 21,
    text: 'Roasted on Tuesdays, sent on Wednesdays.' }),
  kind('notebook', 'NTB', 'Desk > Notebooks', {
    noun: 'notebook', models: 7, colours: 2, price: [8, 26],
    materials: ['paper'], sizes: ['A5', 'A6'],
    goes: ['pencil', 'desktray'],
    text: 'Lies flat, and ink does not show through.' }),
  kind('pencil', 'PCL', 'Desk > Pens and trays', {
    noun: 'pencil set', models: 4, colours: 1, price: [6, 18],
    materials: ['cedar'], sizes: ['set of 6'],
    goes: ['notebook', 'desktray'],
    text: 'Soft, dark leads in a cedar barrel.' }),
  kind('desktray', 'DTR', 'Desk > Pens and trays', {
    noun: 'desk tray', models: 4, colours: 1, price: [18, 56],
    materials: ['oak', 'birch', 'walnut'], sizes: ['24 cm'],
    goes: ['notebook', 'pencil', 'tablelamp'],
    text: 'Three bays for the things that roll away.' }),
];
