// What the specs of voice share: a host that plays the whole call, and acts before a screen is looked at.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessibility, openStage, picture, sideways } from './stage.mjs';

export const BRIEFING = '#/briefing/pilbara-skeptical-medium';
export const press = (page, name) => page.getByRole('button', { name }).first().click();
export const talk = (page) => press(page, 'Start talking');
export const seen = (text) => async (page) => page.getByText(text).first().waitFor();
/** Starts, and waits until this is on the screen. */
export const until = (text) => async (page) => {
  await talk(page);
  await page.getByText(text).first().waitFor();
};
export const inTurn =
  (...acts) =>
  async (page) => {
    for (const act of acts) await act(page);
  };
/** The caption of this turn is in the midst of being said. */
export const caption = (index) => async (page) => {
  await talk(page);
  await page.waitForFunction((n) => document.querySelectorAll('.turn').length > n, index);
  await page.waitForTimeout(150);
};
export const focused = (page) =>
  page.evaluate(
    () => document.activeElement?.id || document.activeElement?.getAttribute('aria-label') || document.activeElement?.textContent?.trim(),
  );

const wanted = process.env.ONLY ? new RegExp(process.env.ONLY) : null;

/** Opens the browser before the tests of a file, and closes it after them. */
export function stageOfTests() {
  const stage = {};
  let opened;
  before(async () => {
    opened = await openStage();
    stage.url = opened.url;
    stage.window = opened.window;
  });
  after(() => opened.close());
  return stage;
}

/** Looks at screens, each an address and what is done there first: in every theme, and in windows from large to small. */
export function look(stage, of, screens) {
  async function everyScreen(act) {
    for (const [name, [address, before]] of Object.entries(screens)) {
      if (wanted && !wanted.test(name)) continue;
      const { page, complaints, close } = await stage.window(address);
      await page.waitForLoadState('networkidle');
      await before?.(page);
      await act(name, page);
      assert.deepEqual(complaints, [], name);
      await close();
    }
  }

  test(`no state of ${of} has an accessibility violation, in light, dark and high contrast`, async () => {
    const found = {};
    await everyScreen(async (name, page) => {
      for (const theme of ['light', 'dark', 'contrast']) {
        await page.evaluate((to) => {
          document.documentElement.dataset.theme = to;
        }, theme);
        await picture(page, `${name}-${theme}`);
        const violations = await accessibility(page);
        if (violations.length > 0) found[`${name} in ${theme}`] = violations;
      }
    });
    assert.deepEqual(found, {});
  });

  test(`no state of ${of} scrolls sideways; in the smallest window its one red button is in sight`, async () => {
    const wide = {};
    await everyScreen(async (name, page) => {
      for (const [width, height] of [
        [1024, 768],
        [900, 600],
        [320, 640],
      ]) {
        await page.setViewportSize({ width, height });
        await picture(page, `${name}-${width}`);
        const by = await sideways(page);
        if (by > 0) wide[`${name} at ${width}`] = by;
        if (width !== 900) continue;
        const dialog = page.getByRole('dialog');
        const red = ((await dialog.count()) > 0 ? dialog : page).locator('.btn.go:visible');
        assert.ok((await red.count()) <= 1, name);
        if ((await red.count()) === 1 && (await page.evaluate(() => scrollY)) === 0) {
          const box = await red.boundingBox();
          assert.ok(box.y + box.height <= 600, `${name}: ${Math.round(box.y + box.height)}`);
        }
      }
    });
    assert.deepEqual(wide, {});
  });
}
