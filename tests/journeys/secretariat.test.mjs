// SPDX-License-Identifier: MPL-2.0
// A leader reflects, makes tasks of what is not so and compares two versions;
// the secretariat changes a threshold; the leader draws 8 of 40 by lot and
// anybody checks the proof with the command.  Both databases.
// guide:S9 guide:S10 guide:S36 guide:S56
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { databases, demoNetwork, freshLink, launch, root, serve, signIn,
  soundPage, soundVisit, visit } from './helper.mjs';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

const PEOPLE = 40;

// Adds people who said yes, as the register's forms do.
const addPeople = (page, network, count) =>
  page.evaluate(async ([base, n]) => {
    const csrf = document.querySelector('[name="csrf"]').value;
    const post = (url, form) => fetch(url, { method: 'POST',
      body: new URLSearchParams({ csrf, ...form }) });
    for (let i = 0; i < n; i++) {
      const id = crypto.randomUUID();
      await post(`${base}/personer/ny`, { id, rev: '0', reason: 'Bor her',
        alias: `Borger ${i}`, actor_kind: 'citizen', channel: 'letter',
        lang: 'da', source: 'named', age: i % 2 === 0 ? '67-79' : '30-49' });
      await post(`${base}/personer/${id}/tilstand`, { tilstand: 'yes' });
    }
  }, [network, count]);

const download = async (page, name, dir) => {
  const href = await page.getByRole('link', { name }).getAttribute('href');
  const response = await page.request.get(new URL(href, page.url()).href);
  assert.equal(response.status(), 200);
  fs.writeFileSync(path.join(dir, name), await response.body());
};

const verify = (dir) => execFileSync(path.join(root, 'build/samskab'),
  ['draw', '--verify', 'bevis.json'], { cwd: dir, encoding: 'utf8' });

for (const kind of databases) {
  describe(`reflection, secretariat and draw on ${kind}`, () => {
    let server;
    before(async () => { server = await serve(kind); });
    after(async () => { await server?.stop(); });

    it('a leader reflects, makes tasks and sees what moved', async () => {
      const { page, close } = await visit(browser, server.base);
      await signIn(page, server.links.leader);
      const network = await demoNetwork(page, server.base);
      await soundVisit(page, network, 'overview-numbers');
      await page.getByRole('link', { name: 'Plan', exact: true }).click();
      await page.getByRole('link', { name: 'Refleksion' }).click();
      await page.getByLabel('Netværket sammen').check();
      await page.getByRole('button', { name: 'Begynd' }).click();
      await page.locator('#q04-3').check(); // no
      await page.locator('#t-q04').fill('Udvalget svarer ikke.');
      await page.locator('#q05-4').check(); // don't know
      await page.getByRole('button', { name: 'Gem' }).click();
      await page.getByText('2 af 25 spørgsmål').waitFor();
      await soundPage(page, 'reflection');
      await page.getByRole('button', { name: 'Gør dem til opgaver' }).click();
      await page.getByText('Der er nye opgaver').waitFor();
      await page.getByRole('button', { name: 'Gør dem til opgaver' }).click();
      await page.getByText('Ingen nye opgaver').waitFor();

      await page.getByRole('link', { name: 'Refleksion' }).click();
      await page.getByLabel('Begynd med svarene fra')
        .selectOption({ index: 1 });
      await page.getByRole('button', { name: 'Begynd' }).click();
      await page.locator('#q04-1').check(); // yes, by now
      await page.getByRole('button', { name: 'Gem' }).click();
      await page.getByRole('button', { name: 'Vis side om side' }).click();
      await page.getByText('Ét svar har flyttet sig.').waitFor();
      await soundPage(page, 'reflection-compared');
      await soundVisit(page, `${network}/refleksion`, 'reflections');
      await close();
    });

    it('the secretariat changes a threshold', async () => {
      const { page, close } = await visit(browser, server.base);
      await signIn(page, freshLink(server, 'henrik.skovbaekgaard@fjordby.example'));
      await page.getByRole('link', { name: 'Alle netværk' }).click();
      await soundVisit(page, page.url(), 'secretariat');
      await page.getByLabel('Sortér efter').selectOption('navn');
      await page.getByRole('button', { name: 'Sortér' }).click();
      await page.getByRole('main')
        .getByRole('link', { name: 'Regler og indstillinger' }).click();
      await soundVisit(page, page.url(), 'rules');
      await page.locator('#r2_people').fill('99');
      await page.getByRole('button', { name: 'Gem' }).click();
      await page.getByRole('alert').waitFor();
      assert.equal(await page.locator('#r2_people').inputValue(), '99');
      await page.locator('#r2_people').fill('6');
      await page.getByRole('button', { name: 'Gem' }).click();
      await page.getByText('Vælg højst 6 ad gangen').waitFor();
      await close();
    });

    it('the secretariat compares networks and sees what is owed', async () => {
      const { page, close } = await visit(browser, server.base);
      await signIn(page, freshLink(server, 'henrik.skovbaekgaard@fjordby.example'));
      for (const [name, screen] of [['Netværk side om side', 'compare'],
        ['Spurgt igen og igen', 'asked-often'], ['Frister', 'deadlines']]) {
        await page.goto(`${server.base}/sekretariat`);
        await page.getByRole('main').getByRole('link', { name }).click();
        await page.getByRole('heading', { level: 1, name }).waitFor();
        await soundVisit(page, page.url(), screen);
      }
      await close();
    });

    it('a leader draws 8 of 40, and the proof holds', async () => {
      const { page, close } = await visit(browser, server.base);
      await signIn(page, freshLink(server));
      const network = await demoNetwork(page, server.base);
      await page.goto(network);
      await addPeople(page, network, PEOPLE);
      await soundVisit(page, `${network}/lodtraekning`, 'draws');
      await page.getByText('Der kan trækkes lod blandt 40').waitFor();
      await page.getByLabel('Hvor mange skal trækkes?').fill('8');
      await page.getByLabel('Hvad afgør det?').fill('3 1 6 6 2');
      await page.getByLabel('Mindst af 67 til 79').fill('3');
      await page.getByRole('button', { name: 'Træk lod' }).click();
      const done = page.getByRole('heading', { name: 'Hvem der blev trukket' });
      for (let i = 0; i < 40 && !await done.isVisible(); i++) {
        await page.waitForTimeout(250);
        await page.reload();
      }
      await soundVisit(page, page.url(), 'draw');
      assert.equal(await page.getByRole('checkbox').count(), 8);

      const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'draw-'));
      for (const name of ['bevis.json', 'pulje.csv', 'kvoter.csv'])
        await download(page, name, dir);
      verify(dir);
      const people = path.join(dir, 'pulje.csv'); // and one forged does not
      fs.appendFileSync(people, 'K-0001,67 til 79\r\n');
      assert.throws(() => verify(dir));
      fs.rmSync(dir, { recursive: true });
      await close();
    });
  });
}
