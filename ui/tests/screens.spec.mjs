// Every screen in every theme and size: nothing to complain about, nothing to scroll sideways.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessibility, openStage, picture, sideways } from './stage.mjs';

let stage;
before(async () => {
  stage = await openStage();
});
after(() => stage.close());

const screens = {
  practice: '#/practice?product=pilbara-jacket',
  'practice-empty': '&empty',
  briefing: '#/briefing/pilbara-skeptical-medium',
  conversation: '#/talk/open-1',
  debrief: '#/debrief/sample-61',
  'debrief-selected': '#/debrief/sample-61?at=5:8-33&from=p-0-4',
  'debrief-short': '#/debrief/short-1',
  'debrief-left': '#/debrief/left-1',
  history: '#/history',
  'history-search': '#/history?text=smell',
  'history-none': '#/history?text=zebra',
  'history-empty': '&empty#/history',
  compare: '#/compare/past-8/sample-61',
  progress: '#/progress',
  'progress-empty': '&empty#/progress',
  catalogue: '#/catalogue',
  'catalogue-sample': '#/catalogue/heritage-western-boot',
  settings: '#/settings',
  first: '&first',
  'first-people': '&people',
  notice: '&notice',
  refused: '&fail=history:database_busy#/history',
};

for (const theme of ['light', 'dark', 'contrast']) {
  test(`no screen has an accessibility violation in ${theme}`, async () => {
    const found = {};
    for (const [name, address] of Object.entries(screens)) {
      const { page, complaints, close } = await stage.window(`?theme=${theme}${address}`);
      await page.waitForLoadState('networkidle');
      if (name === 'progress') await page.locator('.chart svg').waitFor();
      await picture(page, `${theme}-${name}`);
      const violations = await accessibility(page);
      if (violations.length + complaints.length > 0) found[name] = [...violations, ...complaints];
      await close();
    }
    assert.deepEqual(found, {});
  });
}

for (const size of [
  [1280, 800],
  [1024, 768],
  [900, 600],
]) {
  test(`nothing scrolls sideways at ${size.join('×')}, with long names either`, async () => {
    const wide = {};
    for (const names of ['', '&long']) {
      for (const [name, address] of Object.entries(screens)) {
        const { page, close } = await stage.window(`?x${names}${address}`, { size });
        await page.waitForLoadState('networkidle');
        await picture(page, `${size[0]}${names ? '-long' : ''}-${name}`);
        const by = await sideways(page);
        if (by > 0) wide[`${name}${names}`] = by;
        await close();
      }
    }
    assert.deepEqual(wide, {});
  });
}

test('a window of 320 pixels, which is 1280 at four times the size, still needs no scrolling sideways', async () => {
  const wide = {};
  for (const [name, address] of Object.entries(screens)) {
    const { page, close } = await stage.window(`?x${address}`, { size: [320, 640] });
    await page.waitForLoadState('networkidle');
    await picture(page, `320-${name}`);
    const by = await sideways(page);
    if (by > 0) wide[name] = by;
    await close();
  }
  assert.deepEqual(wide, {});
});

test('the system decides the theme until the rep does', async () => {
  const { page, close } = await stage.window('?theme=system', { colorScheme: 'dark' });
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  await close();
});

test('there is one red button at most', async () => {
  for (const [name, address] of Object.entries(screens)) {
    const { page, close } = await stage.window(`?x${address}`);
    await page.waitForLoadState('networkidle');
    assert.ok((await page.locator('.btn.go:visible').count()) <= 1, name);
    await close();
  }
});
