// SPDX-License-Identifier: MPL-2.0
// Those who are met gently: Jonas, 34, who wants a friend along and stops the
// next day, and Sofie, 14, whose yes counts with her mother's.  And the leader,
// who takes the activity to the day it is held.  The citizens go by keyboard,
// without scripts.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { databases, demoNetwork, freshLink, launch, serve, signIn, soundPage,
	tabTo, visit } from "./helper.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const button = (page, name) => page.getByRole("button", { name, exact: true });

async function addPerson(page, network, { alias, age, vulnerable }) {
	await page.goto(`${network}/personer/ny`);
	await page.fill("#felt-reason", "Kender det fra sin egen hverdag.");
	await page.fill("#felt-alias", alias);
	await page.locator("#felt-group").selectOption({ index: 1 });
	await page.locator("#felt-age").selectOption(age);
	await page.locator("#felt-channel").selectOption("in_person");
	await page.locator("#felt-vulnerable").selectOption(vulnerable);
	await button(page, "Gem").click();
	await page.waitForURL(/personer\/[0-9a-f-]{36}\?besked=gemt/);
	return page.url().replace(/\?.*/, "");
}

async function activity(page, network) {
	await page.goto(`${network}/aktiviteter`);
	await page.getByRole("link", { name: /Kaffe hos dem/ }).first().click();
	return page.url();
}

// A letter for whoever has this alias; the code that stands in it.
async function letterTo(page, server, network, alias) {
	await page.goto(`${await activity(page, network)}/invitation`);
	for (const box of await page.locator("input[name=person]:checked").all())
		await box.uncheck();
	await page.getByLabel(new RegExp(alias)).check();
	await button(page, "Lav invitationerne").click();
	await page.waitForURL(/lavet=/);
	const file = await page.request.get(server.base + await page
		.getByRole("link", { name: "Hent dem" }).getAttribute("href"));
	const dir = fs.mkdtempSync(path.join(os.tmpdir(), "brev-"));
	fs.writeFileSync(path.join(dir, "brev.pdf"), await file.body());
	const text = execFileSync("pdftotext",
		["-layout", path.join(dir, "brev.pdf"), "-"], { encoding: "utf8" });
	fs.rmSync(dir, { recursive: true });
	return text.match(/[0-9A-Z]{4}(-[0-9A-Z]{4})+(-[0-9A-Z]+)?/)[0];
}

for (const database of databases) {
	describe(`gently on ${database}`, () => {
		let server, leader, network;
		before(async () => {
			server = await serve(database);
			leader = await visit(browser, server.base);
			await signIn(leader.page, freshLink(server));
			network = await demoNetwork(leader.page, server.base);
		});
		after(async () => {
			await leader?.close();
			await server?.stop();
		});

		// guide:S47, guide:S48, guide:S49
		it("Jonas says yes with a friend along, and stops the next day",
			async () => {
				const person = await addPerson(leader.page, network,
					{ alias: "Jonas", age: "30-49", vulnerable: "yes" });
				const code = await letterTo(leader.page, server, network, "Jonas");
				const { page, close } = await visit(browser, server.base,
					{ javaScriptEnabled: false });
				await page.goto(`${server.base}/c/${code}`);
				await tabTo(page, "#felt-answer-0");
				await page.keyboard.press("Space");
				await tabTo(page, "#felt-needs-2");
				await page.keyboard.press("Space");
				await tabTo(page, "main form button");
				await page.keyboard.press("Enter");
				await page.waitForURL(/tak=1/);
				await leader.page.goto(person);
				assert.match(await leader.page.textContent("h1"), /Sagt ja/);
				assert.match(await leader.page.textContent("dl"), /følger med/);
				await page.goto(`${server.base}/c/${code}`);
				await tabTo(page, "section form button");
				await page.keyboard.press("Enter");
				await page.waitForURL(/sprog=/);
				assert.match(await page.textContent("h1"), /Du er stoppet/);
				await close();
				await leader.page.reload();
				assert.match(await leader.page.textContent("h1"), /Stoppet/);
				await soundPage(leader.page, "person-stoppet");
			});

		// R4, with Lundy's four words in few words.
		it("Sofie says yes, and it counts when her mother has said so too",
			async () => {
				await leader.page.setViewportSize({ width: 1280, height: 900 });
				await leader.page.goto(
					`${network}/plan?ny=oplysning#form-oplysning`);
				await leader.page.locator("#felt-basis").selectOption("consent");
				await button(leader.page, "Gem").click();
				await leader.page.locator("#form-oplysning")
					.waitFor({ state: "detached" });
				const person = await addPerson(leader.page, network,
					{ alias: "Sofie", age: "0-14", vulnerable: "maybe" });
				await leader.page.goto(`${network}/aktiviteter`);
				await leader.page.goto(person);
				assert.match(await leader.page.textContent(".alert-warning"),
					/R4|forælder|15/);
				// She is asked with her mother's slip on the way.
				await leader.page.goto(`${person}/ret`);
				await leader.page.fill("#felt-guardian", "Moren ringer fredag");
				await button(leader.page, "Gem").click();
				await leader.page.waitForURL(/besked=gemt/);
				const code = await letterTo(leader.page, server, network, "Sofie");
				await leader.page.goto(`${person}/ret`);
				await leader.page.fill("#felt-guardian", "");
				await button(leader.page, "Gem").click();
				await leader.page.waitForURL(/besked=gemt/);

				const { page, close } = await visit(browser, server.base,
					{ javaScriptEnabled: false });
				await page.goto(`${server.base}/c/${code}`);
				await tabTo(page, "#felt-answer-0");
				await page.keyboard.press("Space");
				await tabTo(page, "main form button");
				await page.keyboard.press("Enter");
				await page.waitForURL(/tak=1/);
				assert.match(await page.textContent(".alert-success"), /under 15/);
				await close();
				await leader.page.goto(person);
				assert.match(await leader.page.textContent("h1"), /Inviteret/);
				await leader.page.goto(`${person}/ret`);
				await leader.page.fill("#felt-guardian", "På papir, i dag");
				await button(leader.page, "Gem").click();
				await leader.page.waitForURL(/besked=gemt/);
				assert.match(await leader.page.textContent("h1"), /Sagt ja/);
			});

		it("the leader takes the activity to the day it is held", async () => {
			const { page } = leader;
			const address = await activity(page, network);
			const id = address.match(/[0-9a-f-]{36}$/)[0];
			await page.goto(`${address}?ret=aktivitet.${id}`);
			const today = new Date().toISOString().slice(0, 10);
			await page.fill("#felt-day", today);
			await button(page, "Gem").click();
			await page.locator("#form-aktivitet").waitFor({ state: "detached" });
			await page.goto(address);
			await button(page, "Den er holdt").click();
			await page.waitForURL(/besked=gemt/);
			assert.match(await page.textContent("[aria-current=step]"), /Holdt/);
			await soundPage(page, "aktivitet-holdt");
		});
	});
}
