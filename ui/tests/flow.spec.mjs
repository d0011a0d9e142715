// The whole way of a rep: first start, recommended scenario, briefing, eight turns, debrief, restart, history, progress.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessibility, openStage, picture } from './stage.mjs';

let stage;
before(async () => {
  stage = await openStage();
});
after(() => stage.close());

const lines = [
  'Afternoon. That coat under your hand is the Pilbara. What does the weather do to you out there?',
  'So it has to keep you dry past ten, and stay quiet around the horses. Is that right?',
  'It is a tightly woven cotton with an oil finish, so it does not rustle like nylon.',
  'It sheds rain, and you re-wax it about once a year. It is water-resistant, not waterproof.',
  'It is a hundred and nineteen dollars, in tobacco or mustard.',
  'That is real money. Is it more than you planned, or is it whether this one lasts?',
  'You have thirty days from delivery to send it back, unused and with the tags on.',
  'Then shall I ring up the tobacco one in your size?',
];

async function sayAll(page) {
  for (const [n, line] of lines.entries()) {
    await page.getByRole('textbox', { name: 'What you say' }).fill(line);
    await page.keyboard.press('Enter');
    await page.locator(`#turn-${n * 2 + 2}`).waitFor();
  }
}

test('a new rep gets from the first start to the talk in two clicks, and finds the attempt again after a restart', async () => {
  const { page, complaints, close } = await stage.window('?first');
  await page.waitForFunction(() => document.activeElement?.id === 'name');
  await picture(page, '01-first-start');
  await page.getByLabel('What are you called?').fill('Ruth Ames');
  await page.getByRole('button', { name: 'Begin' }).click();

  await page.getByRole('heading', { level: 1, name: 'Sterling Silver Concho Belt, for a mother of the groom with a bare black dress' }).waitFor();
  await picture(page, '02-practice-first');
  await page.getByRole('link', { name: 'Start' }).click();
  // The heading of the page before holds these words too.
  await page.getByRole('heading', { level: 1, name: 'A mother of the groom with a bare black dress', exact: true }).waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  await picture(page, '03-briefing');
  await page.getByRole('button', { name: 'Start talking' }).click();

  const field = page.getByRole('textbox', { name: 'What you say' });
  await field.waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await sayAll(page);
  await picture(page, '04-conversation-over');
  await page.getByRole('heading', { name: 'The customer bought' }).waitFor();
  await page.getByRole('button', { name: 'See the debrief' }).click();

  await page.locator('.verdict h1').waitFor();
  await picture(page, '05-debrief');
  const score = await page.locator('.score .num').innerText();
  assert.equal(await page.getByRole('heading', { name: 'What to do differently' }).count(), 1);
  assert.equal(await page.locator('.coach li').count(), 1, 'a novice is told one thing');

  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByRole('heading', { level: 1, name: 'History' }).waitFor();
  const row = page.getByRole('listitem').filter({ hasText: 'Sterling Silver Concho Belt' });
  await row.waitFor();
  assert.match(await row.innerText(), new RegExp(score));
  await picture(page, '06-history');
  await page.getByRole('link', { name: 'Progress' }).click();
  await page.getByRole('heading', { name: 'The four skills' }).waitFor();
  await picture(page, '07-progress');
  assert.deepEqual(await accessibility(page), []);
  assert.deepEqual(complaints, []);
  await close();
});

test('from a point to its words in one click, and back to the point', async () => {
  const { page, complaints, close } = await stage.window('#/debrief/sample-61');
  const quote = page.locator('#p-0-4');
  await quote.scrollIntoViewIfNeeded();
  assert.equal(await quote.innerText(), 'it’s completely waterproof');
  await quote.click();
  const mark = page.locator('.script a.on');
  await mark.waitFor();
  assert.match(await mark.innerText(), /it’s completely waterproof/);
  await page.waitForFunction(() => document.activeElement?.id === 'm-5-8');
  const seen = await mark.evaluate((element) => {
    const pane = element.closest('[data-pane]').getBoundingClientRect();
    const here = element.getBoundingClientRect();
    return here.top >= pane.top && here.bottom <= pane.bottom && here.bottom <= innerHeight;
  });
  assert.ok(seen, 'the words are in sight');
  await picture(page, 'debrief-quote');
  await page.getByRole('button', { name: /Back to the point/ }).click();
  await page.waitForFunction(() => document.activeElement?.id === 'p-0-4');
  assert.equal(await page.locator('.script a.on').count(), 0);

  await page.locator('#m-5-8').click();
  await page.waitForFunction(() => document.activeElement?.closest('.left') !== null && document.activeElement?.classList.contains('on'));
  await picture(page, 'debrief-points');
  await page.goBack();
  await page.waitForFunction(() => document.activeElement?.id === 'm-5-8');
  assert.deepEqual(complaints, []);
  await close();
});

for (const size of [
  [1280, 800],
  [900, 600],
]) {
  test(`the words are in sight wherever the quote was chosen, at ${size.join('×')}`, async () => {
    const { page, close } = await stage.window('#/debrief/sample-61', { size });
    for (const id of ['c-0', 'c-2', 'p-0-0', 'p-3-3', 's-1-check', 'n-0-told', 'x-answer', 'g-6']) {
      await page.evaluate(() => scrollTo(0, 0));
      if (id !== 'c-0') await page.locator(`#${id}`).scrollIntoViewIfNeeded();
      await page.locator(`#${id}`).evaluate((element) => element.click());
      await page.locator('.script a.on').first().waitFor();
      await page.waitForTimeout(60);
      const seen = await page
        .locator('.script a.on')
        .first()
        .evaluate((element) => {
          const pane = element.closest('[data-pane]').getBoundingClientRect();
          const { top, bottom } = element.getClientRects()[0];
          return {
            top,
            bottom,
            pane: [pane.top, pane.bottom],
            inside: top >= Math.max(60, pane.top - 1) && bottom <= Math.min(innerHeight, pane.bottom + 1),
          };
        });
      assert.ok(seen.inside, `${id}: ${JSON.stringify(seen)}`);
      await page.goBack();
      await page.waitForFunction((wanted) => document.activeElement?.id === wanted, id);
    }
    await close();
  });
}

test('every quote of the debrief is found in the transcript', async () => {
  const { page, close } = await stage.window('#/debrief/sample-61');
  const ids = await page.locator('.left a.q').evaluateAll((all) => all.map(({ id }) => id));
  assert.ok(ids.length > 40, `only ${ids.length} quotes`);
  for (const id of ids) {
    const link = page.locator(`#${id}`);
    const words = (await link.getAttribute('data-place')) ? await link.innerText() : null;
    await link.evaluate((element) => element.click());
    await page.locator('.script a.on').first().waitFor();
    if (words) {
      const marked = await page.locator('.script a.on').evaluateAll((all) => all.map((one) => one.firstChild.textContent).join(''));
      assert.equal(marked, words, id);
    }
    await page.goBack();
    await page.waitForFunction((wanted) => document.activeElement?.id === wanted, id);
  }
  await close();
});

test('two attempts of the same customer can be compared, of others not', async () => {
  const { page, complaints, close } = await stage.window('#/history');
  await page
    .getByRole('checkbox', { name: /Pilbara Jacket/ })
    .first()
    .check();
  await page
    .getByRole('checkbox', { name: /Fleece/ })
    .first()
    .check();
  await page.getByText('Only attempts with the same customer can be compared').waitFor();
  await page
    .getByRole('checkbox', { name: /Fleece/ })
    .first()
    .uncheck();
  await page
    .getByRole('checkbox', { name: /Pilbara Jacket/ })
    .nth(2)
    .check();
  await picture(page, 'history-chosen');
  await page.getByRole('link', { name: 'Compare them' }).click();
  await page.getByRole('heading', { level: 1, name: /The later attempt is 6 points better/ }).waitFor();
  await picture(page, 'compare');
  assert.deepEqual(await accessibility(page), []);
  assert.deepEqual(complaints, []);
  await close();
});

test('history is searched by words, filtered, and says when nothing fits', async () => {
  const { page, complaints, close } = await stage.window('#/history');
  await page.keyboard.press('/');
  await page.keyboard.type('stand in it all day');
  // What is found for the first letters may be shown in between.
  await page.getByText('One attempt mentions “stand in it all day”').waitFor();
  assert.equal(await page.locator('mark').first().innerText(), 'stand in it all day');
  await page.getByRole('combobox', { name: 'Outcome: Any outcome' }).click();
  await picture(page, 'history-select');
  assert.deepEqual(await accessibility(page), []);
  await page.getByRole('option', { name: 'Sale', exact: true }).click();
  await page.getByRole('heading', { name: 'No attempt fits' }).waitFor();
  await picture(page, 'history-none');
  assert.deepEqual(await accessibility(page), []);
  await page.getByRole('button', { name: 'Show every attempt' }).click();
  await page.getByText('16 attempts, newest first').waitFor();
  assert.equal(await page.getByRole('searchbox').inputValue(), '');
  assert.deepEqual(complaints, []);
  await close();
});

test('letters that were just typed are not erased by choosing another filter', async () => {
  const { page, complaints, close } = await stage.window('#/history');
  await page.getByRole('combobox', { name: 'Outcome: Any outcome' }).click();
  await page.getByRole('option', { name: 'Sale', exact: true }).waitFor();
  // Both at once: no hand is quicker than the wait after the last letter.
  await page.evaluate(() => {
    const field = document.querySelector('input[type=search]');
    field.value = 'smell';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    const sale = [...document.querySelectorAll('[role=option]')].find((one) => one.textContent.trim() === 'Sale');
    sale.dispatchEvent(new PointerEvent('pointerup', { bubbles: true, cancelable: true, button: 0, pointerType: 'mouse' }));
  });
  await page.getByRole('combobox', { name: 'Outcome: Sale' }).waitFor();
  await page.getByText(/mentions? “smell”/).waitFor();
  assert.equal(await page.getByRole('searchbox').inputValue(), 'smell');
  assert.match(page.url(), /text=smell.*outcome=sale/);
  assert.deepEqual(complaints, []);
  await close();
});

test('an attempt that was left open is offered first and goes on where it stood', async () => {
  const { page, complaints, close } = await stage.window('');
  await page.getByRole('link', { name: 'Carry on' }).click();
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await page.goBack();
  await page.getByRole('link', { name: 'Carry on' }).waitFor();
  await page.goto(`${stage.url}#/talk/open-1`);
  await page.locator('.who').getByText('The clock is stopped').waitFor();
  await picture(page, 'conversation-paused');
  assert.deepEqual(await accessibility(page), []);
  await page.getByRole('button', { name: 'Carry on' }).click();
  await page.getByRole('textbox', { name: 'What you say' }).fill('Two weeks, if you wear it.');
  await page.getByRole('button', { name: 'Say it' }).click();
  await page.locator('#turn-6').waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('a profile is renamed, added and switched; deleting takes the typed name', async () => {
  const { page, complaints, close } = await stage.window('#/settings');
  await page.getByLabel('Add somebody').fill('Sam Ortega');
  await page.getByRole('button', { name: 'Add and switch' }).click();
  await page.getByRole('button', { name: 'Switch to Dana Whitfield' }).click();
  await page.getByRole('button', { name: 'Switch to Sam Ortega' }).waitFor();
  await page.getByRole('button', { name: /Delete everything about me/ }).click();
  const go = page.getByRole('button', { name: 'Delete everything', exact: true });
  assert.ok(await go.isDisabled());
  await page.getByLabel(/Type Dana Whitfield/).fill('Dana');
  assert.ok(await go.isDisabled());
  await page.getByLabel(/Type Dana Whitfield/).fill('Dana Whitfield');
  await picture(page, 'settings-delete');
  assert.deepEqual(await accessibility(page), []);
  await go.click();
  await page.getByText(/attempts are gone/).waitFor();
  await page.getByText(/Files that you exported .* are still there/).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('heading', { name: 'Who is practicing?' }).waitFor();
  assert.equal(await page.getByText('Dana Whitfield').count(), 0);
  await page.getByRole('button', { name: 'Sam Ortega' }).click();
  await page.getByText('Sam Ortega, all saved on this laptop').waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('the theme is changed and remembered', async () => {
  const { page, close } = await stage.window('#/settings');
  await page.getByText('Dark', { exact: true }).click();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  await page.reload();
  await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
  await close();
});
