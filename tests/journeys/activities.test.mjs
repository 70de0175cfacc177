// SPDX-License-Identifier: MPL-2.0
// A leader chooses a method for a vulnerable group: the town meeting is refused
// with reasons, a coffee talk is started, its ethics check is signed, and goes
// stale when the talk becomes larger.  Both databases, without the script too.
// guide:S37 guide:S42 guide:S48 guide:S49 guide:S50
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { databases, demoNetwork, freshLink, launch, screenshot, serve, signIn,
  soundPage, soundVisit, visit } from './helper.mjs';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

// The first target group of the plan, made vulnerable; its id.
const vulnerableGroup = async (page, network) => {
  await page.goto(`${network}/plan`);
  const record = page.locator('[id^=maalgruppe-]:not([id$=-title])').first();
  const id = (await record.getAttribute('id')).replace('maalgruppe-', '');
  await page.goto(`${network}/plan?ret=maalgruppe.${id}`);
  const form = page.locator('form.edit-form');
  await form.locator('[name=vulnerability]').selectOption('yes');
  await form.getByRole('button', { name: 'Gem' }).click();
  await page.getByText('Gemt.').first().waitFor();
  return id;
};

// axe needs a script that runs; without one the pages are the same.
let sound = soundPage;

const chooseCoffee = async (page, network, group) => {
  await page.goto(`${network}/metoder?maalgruppe=${group}`);
  assert.equal(await page.getByLabel('Kan de være sårbare?').inputValue(),
    'yes');
  const out = page.locator('section[aria-labelledby=ikke]');
  const hall = out.locator('li').filter({ hasText: 'Borgermøde' });
  assert.match(await hall.innerText(), /stort møde/);
  await sound(page, 'vaelg-metode');
  await page.getByRole('link', { name: /^Start en aktivitet.*Gåtur/ }).click();
};

const plan = async (page) => {
  const form = page.locator('form.edit-form');
  await form.locator('[name=title]').fill('Kaffe på værestedet');
  await form.locator('[name=questions]').last().check();
  assert.equal(await form.locator('[name=groups]:checked').count(), 1);
  assert.equal(await form.locator('[name=method]').inputValue(), 'walk');
  await form.locator('[name=people]').fill('2');
  await form.getByRole('button', { name: 'Gem' }).click();
  await page.getByRole('heading', { level: 1, name: 'Kaffe på værestedet' })
    .waitFor();
};

const sign = async (page) => {
  await page.getByRole('link', { name: 'Besvar etiktjekket' }).click();
  await sound(page, 'etik');
  for (const yes of await page.getByLabel('Ja', { exact: true }).all())
    await yes.check();
  await page.getByRole('button', { name: 'Skriv under' }).click();
  await page.getByText('Skrevet under af').waitFor();
};

const journey = async (server, options) => {
  const scripted = options.javaScriptEnabled !== false;
  const look = scripted ? soundVisit : (page, address) => page.goto(address);
  sound = scripted ? soundPage : async () => {};
  const { page, close } = await visit(browser, server.base, options);
  await signIn(page, freshLink(server));
  const network = await demoNetwork(page, server.base);
  const group = await vulnerableGroup(page, network);
  await chooseCoffee(page, network, group);
  await plan(page);
  const address = page.url().split('?')[0].split('#')[0];
  assert.match(await page.locator('#naeste').innerText(),
    /Etiktjekket er ikke skrevet under/);
  await sign(page);
  assert.match(await page.locator('.phase-line [aria-current=step]')
    .innerText(), /Etiktjek i orden/);
  await look(page, address, 'aktivitet');

  await page.locator('[id^=aktivitet-] [data-edit-link]').first().click();
  const form = page.locator('form.edit-form');
  await form.locator('[name=people]').fill('7');
  await form.getByRole('button', { name: 'Gem' }).click();
  await form.waitFor({ state: 'detached' });
  await page.locator('#etik').getByText('Forældet').waitFor();
  assert.match(await page.locator('#naeste').innerText(),
    /Etiktjekket er forældet/);
  await screenshot(page, 'aktivitet-foraeldet');
  await look(page, `${network}/aktiviteter`, 'aktiviteter');
  await close();
};

for (const kind of databases) {
  describe(`a gentle activity on ${kind}`, () => {
    let server;
    before(async () => { server = await serve(kind); });
    after(async () => { await server?.stop(); });

    it('is chosen, planned, signed, and reopened by a change', async () => {
      await journey(server, {});
    });

    it('is so without the script', async () => {
      await journey(server, { javaScriptEnabled: false });
    });
  });
}

describe('the pages around it', () => {
  let server;
  before(async () => { server = await serve('sqlite'); });
  after(async () => { await server?.stop(); });

  it('are sound', async () => {
    const { page, close } = await visit(browser, server.base);
    await signIn(page, freshLink(server));
    const network = await demoNetwork(page, server.base);
    await soundVisit(page, `${network}/lige-vilkaar`, 'lige-vilkaar');
    await soundVisit(page, `${server.base}/metoder`, 'metoder');
    await soundVisit(page, `${server.base}/metoder/interview`, 'metode');
    await soundVisit(page,
      `${network}/metoder?saarbar=yes&antal=40&sted=town_hall`, 'for-stort');
    await soundVisit(page, `${network}/aktiviteter?ny=aktivitet`, 'ny-aktivitet');
    await close();
    const admin = await visit(browser, server.base);
    await signIn(admin.page, server.links.admin);
    await soundVisit(admin.page, `${server.base}/metoder/walk/ret`,
      'metode-ret');
    await admin.close();
  });
});
