// Several people on one laptop: choosing oneself, beginning as somebody new, and deleting everything about oneself.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessibility, openStage, picture } from './stage.mjs';

let stage;
before(async () => {
  stage = await openStage();
});
after(() => stage.close());

for (const theme of ['light', 'dark']) {
  test(`who practises on this laptop already is chosen with one click, in ${theme}`, async () => {
    const { page, complaints, close } = await stage.window(`?people&theme=${theme}`);
    const dana = page.getByRole('button', { name: 'Dana Whitfield' });
    await dana.waitFor();
    await page.waitForFunction(() => document.activeElement?.textContent?.trim() === 'Dana Whitfield');
    await page.getByRole('button', { name: 'Sam Ortega' }).waitFor();
    await picture(page, `people-first-${theme}`);
    assert.deepEqual(await accessibility(page), []);
    await dana.click();
    await page.getByText('Dana Whitfield, all saved on this laptop').waitFor();
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByText('16 attempts, newest first').waitFor();
    assert.deepEqual(complaints, []);
    await close();
  });
}

test('beside the people who are there somebody new can begin, and a name that is taken is said to be', async () => {
  const { page, complaints, close } = await stage.window('?people');
  const name = page.getByLabel(/What are you called\?/);
  await name.fill('dana whitfield');
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByText('already practices on this device').waitFor();
  assert.notEqual(await page.evaluate(() => document.activeElement?.textContent?.trim()), 'Dana Whitfield', 'the focus is not taken away');
  await picture(page, 'people-taken');
  assert.deepEqual(await accessibility(page), []);
  await name.fill('Ruth Ames');
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByText('Ruth Ames, all saved on this laptop').waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('a profile that was made and not chosen is listed, and nobody is locked out by it', async () => {
  const { page, complaints, close } = await stage.window('?first&fail=createProfile~:database_busy:1');
  await page.getByLabel('What are you called?').fill('Ruth Ames');
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByText('Code database_busy').waitFor();
  await page.getByRole('button', { name: 'Ruth Ames' }).click();
  await page.getByText('Ruth Ames, all saved on this laptop').waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('a refusal without words is said in ours', async () => {
  const { page, close } = await stage.window('?people&fail=chooseProfile:mute:1');
  await page.getByRole('button', { name: 'Sam Ortega' }).click();
  await page.getByRole('alert').getByText('Something went wrong inside the program.').waitFor();
  await page.getByRole('button', { name: 'Sam Ortega' }).click();
  await page.getByText('Sam Ortega, all saved on this laptop').waitFor();
  await close();
});

async function confirmDeletion(page) {
  await page.getByRole('button', { name: /Delete everything about me/ }).click();
  await page.getByLabel(/Type Dana Whitfield/).fill('Dana Whitfield');
  await page.getByRole('button', { name: 'Delete everything', exact: true }).click();
}

for (const theme of ['light', 'dark']) {
  test(`what a deletion leaves is said before it, and so is what goes later, in ${theme}`, async () => {
    const { page, complaints, close } = await stage.window(`?theme=${theme}&traces#/settings`);
    await page.getByRole('button', { name: /Delete everything about me/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/Files that you exported stay in your Downloads folder/).waitFor();
    await dialog.getByText('/home/dana/.local/share/sellme').waitFor();
    assert.equal(await dialog.getByText('from this laptop').count(), 0);
    await picture(page, `people-delete-${theme}`);
    assert.deepEqual(await accessibility(page), []);
    await page.keyboard.press('Escape');
    await confirmDeletion(page);
    await dialog.getByText(/Everything about Dana Whitfield is deleted. The last traces/).waitFor();
    assert.equal(await dialog.getByRole('alert').count(), 0, 'it is not called a failure');
    await picture(page, `people-deleted-later-${theme}`);
    assert.deepEqual(await accessibility(page), []);
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page.getByLabel('What are you called?').waitFor();
    assert.deepEqual(complaints, []);
    await close();
  });
}

test('a deletion that was refused says so, keeps the person, and can be tried again', async () => {
  const { page, complaints, close } = await stage.window('?fail=deleteEverything:database_busy:1#/settings');
  await confirmDeletion(page);
  await page.getByRole('alert').getByText('Code database_busy').waitFor();
  await picture(page, 'people-delete-refused');
  assert.deepEqual(await accessibility(page), []);
  await page.getByRole('button', { name: 'Delete everything', exact: true }).click();
  await page.getByText(/attempts are gone/).waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('who deleted everything and goes back instead of closing is not kept in the window', async () => {
  const { page, complaints, close } = await stage.window('');
  await page.getByRole('link', { name: 'Settings' }).click();
  await confirmDeletion(page);
  await page.getByText(/attempts are gone/).waitFor();
  await page.goBack();
  await page.getByLabel('What are you called?').waitFor();
  assert.deepEqual(complaints, []);
  await close();
});
