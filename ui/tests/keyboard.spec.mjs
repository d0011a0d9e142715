// The keyboard alone is enough.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessibility, openStage, picture } from './stage.mjs';

let stage;
before(async () => {
  stage = await openStage();
});
after(() => stage.close());

/** Presses Tab until the focus is on something with this name. */
async function tabTo(page, name, most = 40) {
  for (let i = 0; i < most; i += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => {
      const it = document.activeElement;
      return it?.getAttribute('aria-label') || it?.textContent?.trim() || '';
    });
    if (here.includes(name)) return;
  }
  assert.fail(`Tab never came to “${name}”`);
}

test('from opening to the debrief without a mouse', async () => {
  const { page, complaints, close } = await stage.window('?empty');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Skip to the page');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Start', 3);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'What you are there to do' }).waitFor();
  await tabTo(page, 'Start talking');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await page.keyboard.type('Good morning.');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('Who is it for?');
  assert.match(await page.getByRole('textbox').inputValue(), /\n/);
  await page.keyboard.press('Enter');
  await page.locator('#turn-2').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'TEXTAREA', 'the field keeps the focus');

  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'End this conversation?' }).waitFor();
  await picture(page, 'conversation-end');
  assert.deepEqual(await accessibility(page), []);
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'End this conversation?' }).waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'End', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'End and see the debrief' }).focus();
  await page.keyboard.press('Enter');
  await page.locator('.verdict').getByText('No score').waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  assert.deepEqual(complaints, []);
  await close();
});

test('hint, repeat and pause have their keys, and keep out of the field', async () => {
  const { page, complaints, close } = await stage.window('#/talk/open-1');
  await page.keyboard.press('p');
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await page.keyboard.type('hr');
  assert.equal(await page.getByRole('textbox').inputValue(), 'hr', 'letters belong to the field');
  await page.keyboard.press('Escape');
  await page.keyboard.press('h');
  await page.getByRole('heading', { name: 'A hint, since you asked' }).waitFor();
  await picture(page, 'conversation-hint');
  assert.deepEqual(await accessibility(page), []);
  await page.keyboard.press('r');
  await page.getByText('The customer said: Now be honest, are the gals going to say I look like a patient?').waitFor({ state: 'attached' });
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'A hint, since you asked' }).waitFor({ state: 'hidden' });
  await page.keyboard.press('p');
  await page.getByText('The clock is stopped').first().waitFor();
  await page.waitForFunction(() => document.activeElement?.id === 'resume');
  const stopped = await page.getByRole('timer').innerText();
  await page.waitForTimeout(1200);
  assert.equal(await page.getByRole('timer').innerText(), stopped, 'the clock stands still');
  assert.deepEqual(complaints, []);
  await close();
});

test('in a narrow window the goal and the facts open over the conversation, by their key and by their button', async () => {
  const { page, complaints, close } = await stage.window('#/talk/open-1', { size: [900, 600] });
  await page.locator('#resume').click();
  const goal = page.getByRole('heading', { name: 'Your goal' });
  const button = page.getByRole('button', { name: 'Goal and facts', exact: true });
  assert.equal(await goal.isVisible(), false);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('Your turn', { exact: true }).click();
  await page.keyboard.press('g');
  await goal.waitFor();
  await page.getByText('$149.99').waitFor();
  assert.equal(await button.getAttribute('aria-expanded'), 'true');
  await picture(page, 'conversation-facts');
  assert.deepEqual(await accessibility(page), []);
  await page.keyboard.press('h');
  await page.getByRole('heading', { name: 'A hint, since you asked' }).waitFor();
  await page.keyboard.press('g');
  await page.getByRole('heading', { name: 'A hint, since you asked' }).waitFor({ state: 'hidden' });
  assert.ok(await goal.isVisible(), 'the facts instead of the hint');
  await page.keyboard.press('Escape');
  await goal.waitFor({ state: 'hidden' });
  assert.equal(await page.getByRole('dialog').count(), 0, 'one step at a time');
  await button.click();
  await goal.waitFor();
  await page.getByRole('textbox').fill('They look like any other shoe. Would you try one on?');
  await page.keyboard.press('Enter');
  await page.locator('#turn-6').waitFor();
  await goal.waitFor({ state: 'hidden' });
  assert.deepEqual(complaints, []);
  await close();
});

test('where there is room the goal and the facts stand beside the conversation, and need no key', async () => {
  const { page, close } = await stage.window('#/talk/open-1');
  await page.locator('#resume').click();
  assert.ok(await page.getByRole('heading', { name: 'Your goal' }).isVisible());
  assert.equal(await page.getByRole('button', { name: 'Goal and facts', exact: true }).isVisible(), false);
  await close();
});

test('the list of keys opens on a question mark and gives the focus back', async () => {
  const { page, close } = await stage.window('');
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await picture(page, 'keys');
  assert.deepEqual(await accessibility(page), []);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await close();
});

test('single keys can be turned off, F1 cannot', async () => {
  const { page, close } = await stage.window('#/settings');
  await page.getByRole('switch', { name: 'Single keys' }).click();
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('?');
  await page.waitForTimeout(150);
  assert.equal(await page.getByRole('dialog').count(), 0);
  await page.keyboard.press('F1');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await close();
});

test('arrows move among the products and the categories; a product opens under its own row', async () => {
  const { page, close } = await stage.window('');
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
  await page.getByRole('button', { name: /^The Pilbara Jacket/ }).focus();
  await page.keyboard.press('ArrowRight');
  assert.match(await focused(), /^The Princeton/);
  await page.keyboard.press('ArrowDown');
  assert.match(await focused(), /^Heritage Western/);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Customers for The Princeton Jacket' }).waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'Open', 'the customers come next');
  const below = await page.evaluate(() => {
    const table = document.getElementById('customers').getBoundingClientRect();
    const tiles = [...document.querySelectorAll('.tile')].map((tile) => tile.getBoundingClientRect());
    return {
      first: tiles.filter((tile) => tile.bottom <= table.top + 1).length,
      rest: tiles.filter((tile) => tile.top >= table.bottom - 1).length,
      all: tiles.length,
    };
  });
  assert.deepEqual(below, { first: 4, rest: below.all - 4, all: below.all });
  await page.getByRole('button', { name: /^All/ }).focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await focused(), 'Oilskin jackets');
  await close();
});

test('Alt and the left arrow go back, but not while something is typed', async () => {
  const { page, complaints, close } = await stage.window('');
  await page.getByRole('link', { name: 'Catalogue' }).click();
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.keyboard.press('/');
  await page.keyboard.press('Alt+ArrowLeft');
  assert.match(page.url(), /#\/catalogue/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Alt+ArrowLeft');
  await page.waitForFunction(() => !window.location.hash.startsWith('#/catalogue'));
  assert.deepEqual(complaints, []);
  await close();
});
