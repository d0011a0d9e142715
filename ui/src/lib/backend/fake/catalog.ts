// A dozen products and their customers, as a store might have them. Made up for tests and for development in a plain browser.

import type { Category, Claim, Difficulty, Feature, Objection, Persona, ProductView, Tier } from '../../bindings';

export const categories: Record<string, Category> = Object.fromEntries(
  [
    ['oilskin-jackets', 'Oilskin jackets'],
    ['oilskin-vests', 'Oilskin vests'],
    ['boots', 'Boots'],
    ['hats', 'Hats'],
    ['moccasins', 'Moccasins'],
    ['diabetic-footwear', 'Diabetic footwear'],
    ['concho-belts', 'Concho belts'],
    ['accessories', 'Western accessories'],
    ['military-tees', 'Military tees'],
    ['short-stories', 'Short stories'],
  ].map(([id, name]) => [id, { id: id ?? '', name: name ?? '' }]),
);

export interface FakeScenario {
  id: string;
  productId: string;
  persona: Persona;
  difficulty: Difficulty;
  title: string;
  tests: string;
  goal: string;
  seen: string[];
}

const goals: Record<Persona, [string, string]> = {
  friendly: ['Enjoy the talk, and ask for the sale before they wander off.', 'Whether you ask for the sale at all'],
  skeptical: [
    'Find out what it has to do for them, settle every doubt with facts, and ask for the sale when they are ready.',
    'Whether you stay with the facts under doubt',
  ],
  rushed: ['Two good questions, the right product, and a price. They have a truck running outside.', 'Two good questions, then the right one'],
  'price-conscious': ['Show what the money buys before you name it, and hold the price with reasons.', 'Whether you hold the price with value'],
  knowledgeable: ['Answer exactly what is asked. Say so when you do not know.', 'Whether you know what you are talking about'],
};

const seen: Record<Persona, string[]> = {
  friendly: ['Chatting with everybody at the counter', 'Picks things up, puts them down again', 'In no hurry at all'],
  skeptical: ['At the rack, one hand on the cloth', 'Reads the label twice', 'Mud on both boots, truck keys in hand'],
  rushed: ['Looks at the clock over the door', 'Left the engine running', 'Has a list in one hand'],
  'price-conscious': ['Turned the tag over before anything else', 'Has a folded ad from another store', 'Compares two of them side by side'],
  knowledgeable: ['Checks the stitching first', 'Wears an old one that has been cared for', 'Asks the short questions of somebody who knows'],
};

const titles: Record<Persona, string> = {
  friendly: 'A regular who likes to talk',
  skeptical: 'A fence rider who has been let down before',
  rushed: 'A ranch hand with ten minutes',
  'price-conscious': 'A careful buyer with an ad in hand',
  knowledgeable: 'An old hand who knows the trade',
};

function scenario(productId: string, persona: Persona, difficulty: Difficulty, title = titles[persona]): FakeScenario {
  const [goal, tests] = goals[persona];
  return { id: `${productId}-${persona}-${difficulty}`, productId, persona, difficulty, title, tests, goal, seen: seen[persona] };
}

interface Row {
  id: string;
  sku: string;
  name: string;
  category: string;
  art: string;
  line: string;
  description: string;
  prices: [string, number, string][];
  sample?: boolean;
}

const rows: Row[] = [
  {
    id: 'pilbara-jacket',
    sku: '3J02',
    name: 'The Pilbara Jacket',
    category: 'oilskin-jackets',
    art: 'jacket',
    line: 'oilskin, tobacco or mustard',
    description:
      'A waist-length work coat in tightly woven oilskin. It sheds rain, keeps quiet around stock, and gets better with a coat of wax a year.',
    prices: [['XS to XXXL', 11900, 'Tobacco or mustard']],
  },
  {
    id: 'gunner',
    sku: '6J14',
    name: 'The Gunner',
    category: 'oilskin-jackets',
    art: 'longcoat',
    line: 'long oilskin with a cape',
    description: 'A three-quarter coat with a shoulder cape and leg straps, for a rider who stays out.',
    prices: [['XS to XXL', 13900, 'Brown']],
  },
  {
    id: 'oilskin-vest',
    sku: '2V07',
    name: 'Oilskin Vest',
    category: 'oilskin-vests',
    art: 'vest',
    line: 'layering, three linings',
    description: 'The same cloth without sleeves, to put over a shirt or under a coat.',
    prices: [
      ['Unlined', 7900, ''],
      ['Wool-lined', 9500, 'Warmest'],
    ],
  },
  {
    id: 'heritage-boot',
    sku: 'BT-100',
    name: 'Heritage Western Boot',
    category: 'boots',
    art: 'boot',
    line: 'full-grain leather, stacked heel',
    description: 'A twelve-inch boot that can be resoled, on a last with room at the ball of the foot.',
    prices: [
      ['Work', 24999, ''],
      ['Dress', 39999, 'Hand-tooled shaft'],
    ],
    sample: true,
  },
  {
    id: 'cattleman-hat',
    sku: 'HT-010',
    name: 'Cattleman Felt Hat',
    category: 'hats',
    art: 'hat',
    line: 'shaped felt, three grades',
    description: 'The crease everybody knows, shaped over steam while the customer waits.',
    prices: [
      ['Wool', 14999, ''],
      ['Fur blend', 29999, 'Keeps its shape in rain'],
    ],
    sample: true,
  },
  {
    id: 'fleece-moccasin',
    sku: 'MOC-002',
    name: 'Fleece-Lined Moccasin',
    category: 'moccasins',
    art: 'moccasin',
    line: 'sheepskin inside, suede outside',
    description: 'For the house and the porch. The fleece packs down to the shape of the foot.',
    prices: [['Men and women', 8999, '']],
  },
  {
    id: 'driving-moccasin',
    sku: 'MOC-004',
    name: 'Driving Moccasin',
    category: 'moccasins',
    art: 'moccasin',
    line: 'cowhide with a nubbed sole',
    description: 'Soft cowhide with a sole that wraps over the heel, for long drives and short walks.',
    prices: [['Men and women', 9999, '']],
  },
  {
    id: 'walking-shoe',
    sku: 'DIA-001',
    name: 'Therapeutic Walking Shoe',
    category: 'diabetic-footwear',
    art: 'shoe',
    line: 'extra depth, seamless inside',
    description: 'Room for an insert and for swelling, and nothing inside that rubs.',
    prices: [['7 to 14, four widths', 14999, '']],
  },
  {
    id: 'comfort-sandal',
    sku: 'DIA-002',
    name: 'Comfort Sandal',
    category: 'diabetic-footwear',
    art: 'sandal',
    line: 'adjustable straps, arch support',
    description: 'Three straps that open wide and close over a swollen foot.',
    prices: [['6 to 12', 11999, '']],
  },
  {
    id: 'concho-turquoise',
    sku: 'CON-002',
    name: 'Turquoise Concho Belt',
    category: 'concho-belts',
    art: 'belt',
    line: 'genuine turquoise, silver-plated',
    description: 'Eight plated conchos, each with a stone, on a leather strap that can be shortened.',
    prices: [['32 to 44', 24999, '']],
  },
  {
    id: 'bolo-tie',
    sku: 'ACC-003',
    name: 'Sterling Silver Bolo Tie',
    category: 'accessories',
    art: 'bolo',
    line: 'sterling, braided leather',
    description: 'A stamped oval of sterling on a braided cord with silver tips.',
    prices: [['One size', 14999, '']],
  },
  {
    id: 'infantry-tee',
    sku: 'TEE-1ID',
    name: '1st Infantry Big Red Tee',
    category: 'military-tees',
    art: 'tee',
    line: 'black cotton',
    description: 'A heavy cotton tee with the name of the unit in plain letters.',
    prices: [['S to XXL', 2495, '']],
  },
  {
    id: 'story-the-kite',
    sku: 'Sstory-Kite',
    name: 'The Kite',
    category: 'short-stories',
    art: 'book',
    line: 'short story, digital',
    description: 'A short story to read at once, on a phone or on paper.',
    prices: [['Digital', 199, '']],
  },
];

export const scenarios: FakeScenario[] = [
  scenario('pilbara-jacket', 'friendly', 'easy'),
  scenario('pilbara-jacket', 'skeptical', 'medium'),
  scenario('pilbara-jacket', 'rushed', 'hard'),
  scenario('gunner', 'price-conscious', 'medium'),
  scenario('gunner', 'knowledgeable', 'expert', 'A drover who wore one for twenty years'),
  scenario('oilskin-vest', 'friendly', 'easy', 'A birthday present for a brother'),
  scenario('oilskin-vest', 'price-conscious', 'medium'),
  scenario('heritage-boot', 'friendly', 'easy', 'A first pair of real boots'),
  scenario('heritage-boot', 'skeptical', 'hard', 'A roper whose last soles came off'),
  scenario('cattleman-hat', 'price-conscious', 'medium', 'A student with a wedding to go to'),
  scenario('cattleman-hat', 'rushed', 'hard', 'A best man, two hours before the church'),
  scenario('fleece-moccasin', 'knowledgeable', 'medium', 'A tanner’s daughter'),
  scenario('fleece-moccasin', 'friendly', 'easy', 'A present for cold mornings'),
  scenario('driving-moccasin', 'friendly', 'easy', 'A trucker with sore heels'),
  scenario('driving-moccasin', 'price-conscious', 'hard'),
  scenario('walking-shoe', 'rushed', 'medium', 'A nurse between two shifts'),
  scenario('walking-shoe', 'skeptical', 'hard', 'A father sent by his doctor'),
  scenario('comfort-sandal', 'friendly', 'medium', 'A gardener with swollen feet'),
  scenario('comfort-sandal', 'knowledgeable', 'expert', 'A retired podiatrist'),
  scenario('concho-turquoise', 'friendly', 'medium', 'A dancer looking for a belt'),
  scenario('concho-turquoise', 'knowledgeable', 'expert', 'A collector who asks about the silver'),
  scenario('bolo-tie', 'price-conscious', 'medium', 'A groom on a budget'),
  scenario('bolo-tie', 'friendly', 'easy', 'A grandson shopping for his grandfather'),
  scenario('infantry-tee', 'friendly', 'easy', 'A veteran with stories'),
  scenario('infantry-tee', 'skeptical', 'medium', 'A mother who checks the cotton'),
  scenario('story-the-kite', 'rushed', 'easy', 'A reader with a long flight'),
  scenario('story-the-kite', 'price-conscious', 'medium', 'A reader who borrows books'),
];

const oilskinFeatures: Feature[] = [
  feature(
    'oil-finish',
    'Oil-finished cotton',
    'high',
    'Tightly woven cotton with an oil finish: it sheds rain and still breathes.',
    'They stay dry through a working day without cooking inside it.',
  ),
  feature('quiet', 'Quiet cloth', 'high', 'The cloth does not rustle or flap.', 'Horses and cattle do not mind it.'),
  feature('re-wax', 'Can be re-waxed', 'medium', 'It is re-waxed about once a year.', 'It goes on working instead of wearing out.'),
  feature('care', 'Simple care', 'low', 'Wipe it or hose it off; never a washing machine.', 'Nothing to take to a cleaner.'),
];

function feature(id: string, name: string, importance: Feature['importance'], fact: string, benefit: string): Feature {
  return { id, name, importance, fact, benefit, says: [] };
}

const claims: Claim[] = [
  claim('water-resistant', '', 'material', 'fact', 'Water-resistant, and it can be re-waxed. Not waterproof.'),
  claim('waterproof', 'Waterproof', 'material', 'trap', 'Water-resistant, and it can be re-waxed. Not waterproof.'),
  claim('origin', 'Made on a ranch nearby', 'origin', 'trap', 'The store does not state where it is sewn.'),
];

const policies: Claim[] = [
  claim('returns-window', 'Returns', 'returns', 'fact', '30 days from delivery, unused, with the tags on and an RA number.'),
  claim('shipping-free', 'Free standard shipping', 'shipping', 'fact', 'Standard shipping is free on orders over $50; below that it is $5.99.'),
  claim('lifetime', 'Guaranteed for life', 'warranty', 'trap', 'The store states no warranty.'),
  claim('price-match', 'We match any price', 'price', 'trap', 'The store states no price match.'),
];

function claim(id: string, name: string, topic: Claim['topic'], kind: Claim['kind'], truth: string): Claim {
  return { id, name, topic, kind, says: [], truth };
}

const objections: Objection[] = [
  objection('waterproof', 'trust', 'Is it really waterproof?', [
    [
      'How long are you out in it at a stretch?',
      'A coat that soaks through by ten is no use to anyone.',
      'It is water-resistant: rain runs off, and re-waxing keeps it so.',
      'Would that cover a normal day for you?',
    ],
    [
      'What did the last one do?',
      'I would be wary too.',
      'This one sheds rain and can be waxed again. It is not a rubber suit.',
      'Does that sound like enough?',
    ],
  ]),
  objection('smell', 'quality', 'It smells, and it feels greasy.', [
    [
      'Is it the smell in the truck, or on your clothes?',
      '',
      'That is the finish when it is new. It fades as you wear it.',
      'Would that still bother you after a month?',
    ],
    ['', 'I noticed it too, my first week here.', 'Hang it outside for two days before you wear it.', 'Is that something you could do?'],
  ]),
  objection('price', 'price', 'That is a lot for a coat.', [
    [
      'Is it more than you planned, or is it whether this one lasts?',
      'It is real money.',
      'Two cheap ones a winter cost more than this one in three years.',
      'Does that change the sum?',
    ],
    ['What did you have in mind to spend?', '', 'The vest is the same cloth and starts at $79.', 'Would that do the job?'],
  ]),
];

function objection(id: string, category: Objection['category'], line: string, answers: [string, string, string, string][]): Objection {
  const responses = answers.map(([clarify, acknowledge, answer, check]) => ({ clarify, acknowledge, answer, check }));
  return { id, category, line, heard: [], answers: [], features: [], responses };
}

/** A product as it is studied; scores and attempts are filled in from the sessions. */
export function productOf(id: string): ProductView | null {
  const row = rows.find((one) => one.id === id);
  if (!row) return null;
  const prices = row.prices.map(([, cents]) => cents);
  const tiers: Tier[] = row.prices.map(([name, priceCents, note]) => ({ name, priceCents, note }));
  return {
    summary: {
      id: row.id,
      sku: row.sku,
      name: row.name,
      category: categories[row.category] ?? { id: '', name: '' },
      sample: row.sample ?? false,
      art: row.art,
      line: row.line,
      priceFrom: Math.min(...prices),
      priceTo: Math.max(...prices),
      bestScore: null,
      attempts: 0,
    },
    description: row.description,
    tiers,
    features: oilskinFeatures,
    claims,
    policies,
    objections,
    tips: [
      { text: 'Let them handle it before you name the price.' },
      { text: 'Ask about the last one they owned. The answer is your pitch.' },
      { text: 'Say what it does not do, once. It makes the rest easier to believe.' },
    ],
    scenarios: [],
  };
}

export const productIds = rows.map(({ id }) => id);
