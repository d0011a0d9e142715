// Every screen in every theme and size: nothing to complain about, nothing to scroll sideways.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessibility, openStage, picture, sideways } from './stage.mjs';

let stage;
before(async () => {
  stage = await openStage();
});
after(() => stage.close());

const press = (name) => async (page) => page.getByRole('button', { name }).first().click();
const carryOn = async (page) => {
  await page.locator('#resume').click();
  await page.getByRole('textbox').waitFor();
};
const seek = (words) => async (page) => {
  await page.getByRole('searchbox').fill(words);
  await page.getByText(/goes by that/).waitFor();
};
const sayAll = async (page) => {
  await press('Start talking')(page);
  for (let n = 1; n <= 8; n += 1) {
    await page.getByRole('textbox').fill('So it has to keep you dry past ten, and stay quiet around the horses. Is that right?');
    await page.keyboard.press('Enter');
    await page.locator(`#turn-${n * 2}`).waitFor();
  }
};

// An address, and what is done there before the screen is looked at.
const screens = {
  practice: ['#/practice'],
  'practice-open': ['#/practice?product=pilbara-jacket', (page) => page.locator('#customers').waitFor()],
  'practice-none': ['#/practice', seek('zebra')],
  'practice-empty': ['&empty'],
  briefing: ['#/briefing/pilbara-skeptical-medium'],
  'briefing-refused': ['&fail=start:read_only#/briefing/pilbara-skeptical-medium', press('Start talking')],
  conversation: ['#/talk/open-1', carryOn],
  'conversation-paused': ['#/talk/open-1'],
  'conversation-hint': ['#/talk/open-1', (page) => carryOn(page).then(() => press(/^Hint/)(page))],
  'conversation-facts': [
    '#/talk/open-1',
    async (page) => {
      await carryOn(page);
      const button = page.getByRole('button', { name: /^Goal and facts/ });
      if (await button.isVisible()) await button.click();
    },
  ],
  'conversation-end': ['#/talk/open-1', (page) => carryOn(page).then(() => press('End')(page))],
  'conversation-refused': [
    '&fail=say:disk_full#/talk/open-1',
    async (page) => {
      await carryOn(page);
      await page.getByRole('textbox').fill('It fades in two weeks of wear.');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').waitFor();
    },
  ],
  'conversation-over': ['&empty#/briefing/pilbara-skeptical-medium', sayAll],
  debrief: ['#/debrief/sample-61'],
  'debrief-selected': ['#/debrief/sample-61?at=5:8-33&from=p-0-4'],
  'debrief-exported': [
    '#/debrief/sample-61',
    async (page) => {
      await press('Export')(page);
      await page.getByText('Written to').waitFor();
    },
  ],
  'debrief-past': ['#/debrief/past-3'],
  'debrief-short': ['#/debrief/short-1'],
  'debrief-left': ['#/debrief/left-1'],
  history: ['#/history'],
  'history-search': ['#/history?text=smell'],
  'history-filtered': ['#/history?outcome=sale&product=pilbara-jacket'],
  'history-chosen': ['#/history', (page) => page.getByRole('checkbox').first().check()],
  'history-none': ['#/history?text=zebra'],
  'history-empty': ['&empty#/history'],
  compare: ['#/compare/past-8/sample-61'],
  progress: ['#/progress', (page) => page.locator('.chart svg').waitFor()],
  'progress-table': [
    '#/progress',
    async (page) => {
      await page.locator('.chart svg').waitFor();
      await page.getByRole('button', { name: 'Show as a table' }).click();
    },
  ],
  'progress-empty': ['&empty#/progress'],
  catalogue: ['#/catalogue'],
  'catalogue-none': ['#/catalogue', seek('zebra')],
  'catalogue-sample': ['#/catalogue/heritage-western-boot'],
  'catalogue-policies': ['#/catalogue/pilbara-jacket', (page) => page.getByText('Store policies, for every product').click()],
  settings: ['#/settings'],
  'settings-exported': [
    '#/settings',
    async (page) => {
      await press('Export')(page);
      await page.getByText('Written to').waitFor();
    },
  ],
  'settings-delete': ['#/settings', press(/^Delete everything about me/)],
  'settings-refused': [
    '&fail=saveSettings:read_only#/settings',
    async (page) => {
      await page.getByText('As the system', { exact: true }).click();
      await page.getByRole('alert').waitFor();
    },
  ],
  keys: ['#/history', (page) => page.keyboard.press('F1').then(() => page.getByRole('dialog').waitFor())],
  first: ['&first'],
  'first-people': ['&people'],
  'first-taken': [
    '&people',
    async (page) => {
      await page.getByLabel(/What are you called/).fill(await page.locator('li button').first().innerText());
      await press('Begin')(page);
    },
  ],
  notice: ['&notice'],
  boot: ['&fail=boot:database_newer'],
  refused: ['&fail=history:database_busy#/history', (page) => page.getByText('Code database_busy').click()],
  gone: ['#/catalogue/gone'],
};

/** Every screen in turn, as it is when everything has come; `look` gets its name and its page. */
async function everyScreen(prefix, options, look) {
  for (const [name, [address, act]] of Object.entries(screens)) {
    const { page, complaints, close } = await stage.window(`?${prefix}${address}`, options);
    await page.waitForLoadState('networkidle');
    await act?.(page);
    await look(name, page);
    assert.deepEqual(complaints, [], name);
    await close();
  }
}

test('no screen has an accessibility violation, in light, dark and high contrast', async () => {
  const found = {};
  await everyScreen('x', {}, async (name, page) => {
    for (const theme of ['light', 'dark', 'contrast']) {
      await page.evaluate((to) => {
        document.documentElement.dataset.theme = to;
      }, theme);
      await picture(page, `${theme}-${name}`);
      const violations = await accessibility(page);
      if (violations.length > 0) found[`${name} in ${theme}`] = violations;
    }
  });
  assert.deepEqual(found, {});
});

// 320 pixels are what a window of 1280 has at four times the size.
const sizes = [
  [1280, 800],
  [1024, 768],
  [900, 600],
  [320, 640],
];

for (const names of ['', '&long']) {
  test(`nothing scrolls sideways at any size${names && ', with long names'}`, async () => {
    const wide = {};
    await everyScreen(`x${names}`, {}, async (name, page) => {
      for (const [width, height] of sizes) {
        await page.setViewportSize({ width, height });
        await picture(page, `${width}${names ? '-long' : ''}-${name}`);
        const by = await sideways(page);
        if (by > 0) wide[`${name} at ${width}`] = by;
      }
    });
    assert.deepEqual(wide, {});
  });
}

test('the system decides the theme until the rep does', async () => {
  const { page, close } = await stage.window('?theme=system', { colorScheme: 'dark' });
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  await close();
});

test('in the smallest window there is one red button at most, and it is in sight; what lies over a screen has no violation', async () => {
  const over = ['conversation-facts', 'conversation-hint', 'conversation-end', 'keys', 'settings-delete'];
  await everyScreen('x', { size: [900, 600] }, async (name, page) => {
    // What lies under a dialog cannot be pressed.
    const dialog = page.getByRole('dialog');
    const red = ((await dialog.count()) > 0 ? dialog : page).locator('.btn.go:visible');
    assert.ok((await red.count()) <= 1, name);
    // Where the screen was scrolled to something else, it may be above it.
    if ((await red.count()) === 1 && (await page.evaluate(() => scrollY)) === 0) {
      const { y, height } = await red.boundingBox();
      assert.ok(y + height <= 600, `${name}: ${Math.round(y + height)}`);
    }
    assert.equal(await sideways(page), 0, name);
    if (over.includes(name)) assert.deepEqual(await accessibility(page), [], name);
  });
});
