// What the host refuses is said, with its code and a way on; nothing the rep wrote is lost.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessibility, openStage, picture, POLICY, sideways } from './stage.mjs';

let stage;
before(async () => {
  stage = await openStage();
});
after(() => stage.close());

const refusals = {
  'boot:database_newer': ['', 'SellMe PRT cannot begin'],
  'practice:internal': ['', 'That did not work'],
  'briefing:not_found': ['#/briefing/gone', 'This customer could not be found'],
  'session:not_found': ['#/talk/gone', 'This conversation could not be opened'],
  'debrief:database_damaged': ['#/debrief/sample-61', 'This debrief could not be opened'],
  'history:database_busy': ['#/history', 'The history could not be read'],
  'progress:internal': ['#/progress', 'Progress could not be read'],
  'products:catalog_invalid': ['#/catalogue', 'The catalogue could not be read'],
  'product:not_found': ['#/catalogue/gone', 'This product could not be opened'],
};

test('a screen that was refused says why, with the code, and tries again', async () => {
  for (const [fault, [address, title]] of Object.entries(refusals)) {
    const [method, code] = fault.split(':');
    const { page, complaints, close } = await stage.window(`?fail=${method}:${code}:1${address}`);
    await page.getByRole('heading', { name: title }).waitFor();
    await page.getByText(`Code ${code}`).waitFor();
    await picture(page, `refused-${method}`);
    assert.deepEqual(await accessibility(page), [], fault);
    if (!address.includes('gone')) {
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('heading', { name: title }).waitFor({ state: 'hidden' });
    }
    assert.deepEqual(complaints, [], fault);
    await close();
  }
});

test('a line that could not be saved goes back into the field and can be said again', async () => {
  const { page, complaints, close } = await stage.window('?fail=say:disk_full:1#/talk/open-1');
  await page.getByRole('button', { name: 'Carry on' }).click();
  const field = page.getByRole('textbox', { name: 'What you say' });
  await field.fill('It fades in two weeks of wear.');
  await page.keyboard.press('Enter');
  const alert = page.getByRole('alert');
  await alert.getByText('Code disk_full').waitFor();
  assert.equal(await field.inputValue(), 'It fades in two weeks of wear.');
  assert.equal(await page.locator('.turn').count(), 5, 'nothing is shown as said');
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await picture(page, 'conversation-refused');
  assert.deepEqual(await accessibility(page), []);
  await page.getByRole('button', { name: 'Say it again' }).click();
  await page.locator('#turn-6').waitFor();
  assert.equal(await alert.count(), 0);
  assert.equal(await field.inputValue(), '');
  assert.deepEqual(complaints, []);
  await close();
});

test('a line whose answer failed after it was stored is shown once and leaves the field', async () => {
  const { page, complaints, close } = await stage.window('?fail=say~:disk_full:1#/talk/open-1');
  await page.getByRole('button', { name: 'Carry on' }).click();
  const field = page.getByRole('textbox', { name: 'What you say' });
  await field.fill('It fades in two weeks of wear.');
  await page.keyboard.press('Enter');
  await page.locator('#turn-6').waitFor();
  assert.equal(await field.inputValue(), '');
  assert.equal(await page.getByRole('alert').count(), 0);
  assert.equal(await page.locator('.turn').filter({ hasText: 'It fades in two weeks of wear.' }).count(), 1);
  assert.equal(await page.locator('.turn').count(), 7);
  await field.fill('Would you wear it indoors?');
  await page.keyboard.press('Enter');
  await page.locator('#turn-8').waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('a line stands as not saved until it is, and is not said twice', async () => {
  const { page, close } = await stage.window('?slow=400#/talk/open-1');
  await page.getByRole('button', { name: 'Carry on' }).click();
  const field = page.getByRole('textbox', { name: 'What you say' });
  await field.fill('It fades in two weeks of wear.');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.getByText('not saved yet').waitFor();
  await page.getByText('The customer is thinking').waitFor();
  await picture(page, 'conversation-pending');
  await page.locator('#turn-6').waitFor();
  assert.equal(await page.getByText('not saved yet').count(), 0);
  assert.equal(await page.locator('.turn').count(), 7);
  await close();
});

test('small refusals stand where they happened', async () => {
  const faults =
    'start:read_only,recommend:database_busy,complete:database_busy,pause:database_busy,hint:internal,exportSession:disk_full,saveSettings:read_only,createProfile:invalid_input,deleteEverything:database_busy';
  const { page, complaints, close } = await stage.window(`?fail=${faults}`);
  await page.getByRole('button', { name: 'Pick something else for me' }).click();
  await page.getByText('Code database_busy').waitFor();
  await page.getByRole('button', { name: 'Score it as it stands' }).click();
  await page.getByText('Code database_busy').waitFor();
  await page.goto(`${stage.url}?fail=${faults}#/briefing/pilbara-knowledgeable-expert`);
  await page.getByRole('button', { name: 'Start talking' }).click();
  await page.getByText('Code read_only').waitFor();
  await picture(page, 'briefing-refused');
  await page.goto(`${stage.url}?fail=${faults}#/debrief/sample-61`);
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByText('Code disk_full').waitFor();
  await page.goto(`${stage.url}?fail=${faults}#/settings`);
  await page.getByText('Dark', { exact: true }).click();
  await page.getByText('Code read_only').waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'light', 'the choice is taken back');
  assert.ok(await page.getByRole('radio', { name: 'Light' }).isChecked(), 'and the control shows it');
  await picture(page, 'settings-refused');
  assert.deepEqual(complaints, []);
  await close();
});

test('an error that nobody caught is said, logged, and leaves the window working', async () => {
  const { page, close } = await stage.window('#/progress');
  await page.evaluate(() =>
    setTimeout(() => {
      throw new Error('a stitch dropped');
    }),
  );
  const alert = page.getByRole('alert');
  await alert.getByText('Something went wrong here.').waitFor();
  await picture(page, 'trouble');
  assert.deepEqual(await accessibility(page), []);
  await alert.getByRole('button', { name: 'Carry on' }).click();
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByRole('heading', { level: 1, name: 'History' }).waitFor();
  await close();
});

test('every code has words of ours, with the host’s sentence as the detail', async () => {
  for (const code of ['read_only', 'disk_full', 'database_busy', 'internal', 'wrong_state', 'database_foreign']) {
    const { page, complaints, close } = await stage.window(`?fail=history:${code}#/history`);
    const alert = page.getByRole('alert');
    await alert.getByText(`Code ${code}`).waitFor();
    assert.equal(await page.getByText('(this text is missing)').count(), 0, code);
    const details = alert.locator('details');
    if ((await details.count()) > 0) {
      assert.equal(await details.locator('p').isVisible(), false);
      await details.locator('summary').click();
      assert.ok(await details.locator('p').isVisible(), code);
    }
    assert.deepEqual(await accessibility(page), [], code);
    assert.deepEqual(complaints, [], code);
    await close();
  }
});

test('a long path of an export is read whole and moves nothing', async () => {
  for (const address of ['#/debrief/sample-61', '#/history', '#/settings']) {
    const { page, close } = await stage.window(`?long${address}`, { size: [900, 600] });
    const button = page.getByRole('button', { name: /^Export/ });
    const before = await button.boundingBox();
    await button.click();
    await page.getByText(/^in .*Downloads$/).waitFor();
    const after = await button.boundingBox();
    assert.ok(Math.abs(after.x - before.x) < 2, `${address}: ${before.x} → ${after.x}`);
    assert.equal(await sideways(page), 0, address);
    await close();
  }
});

test('an answer that makes no sense leaves a way on, never a blank page', async () => {
  const { page, close } = await stage.window('?fail=debrief:garbage#/debrief/sample-61').catch((error) => assert.fail(error));
  await page.getByRole('heading', { level: 1, name: 'Something went wrong here.' }).waitFor();
  await picture(page, 'garbage');
  assert.deepEqual(await accessibility(page), []);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'Choose a product to sell' }).waitFor();
  await close();
});

/** Waits for a complaint that begins so: the console and the page's own events come in any order. */
async function complained(start, page, complaints) {
  const there = () => complaints.some((line) => line.startsWith(start));
  for (let i = 0; i < 40 && !there(); i += 1) await page.waitForTimeout(50);
  assert.ok(there(), `${start} is not among: ${complaints.join('\n')}`);
}

test('the browser is served the policy of the desktop, and it lets no form be sent', async () => {
  const { page, complaints, close } = await stage.window('');
  const { headers } = await page.evaluate(() => fetch('/').then((answer) => ({ headers: Object.fromEntries(answer.headers) })));
  assert.equal(headers['content-security-policy'], POLICY);
  await page.evaluate(() => {
    const form = document.createElement('form');
    form.action = '/elsewhere';
    document.body.append(form);
    form.submit();
  });
  await complained('policy: form-action', page, complaints);
  await close();
});

test('the policy forbids scripts that are not ours', async () => {
  const { page, complaints, close } = await stage.window('');
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.broken = true';
    document.body.append(script);
  });
  assert.equal(await page.evaluate(() => globalThis.broken), undefined);
  await complained('policy:', page, complaints);
  await close();
});
