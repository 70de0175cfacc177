// SPDX-License-Identifier: MPL-2.0
// A citizen with a letter in her hand: no account, no script, the keyboard.
// And the leader who wrote to her: the words, the letters, who answered.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { databases, demoNetwork, freshLink, launch, serve, signIn, soundPage,
	soundVisit, tabTo, visit } from "./helper.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const button = (page, name) => page.getByRole("button", { name, exact: true });

async function invitations(page, server) {
	const network = await demoNetwork(page, server.base);
	await page.goto(`${network}/aktiviteter`);
	await page.getByRole("link", { name: /Kaffe hos dem/ }).first().click();
	await page.getByRole("link", { name: "Skriv og send invitationer" }).click();
	return { network, address: page.url() };
}

for (const database of databases) {
	describe(`a citizen on ${database}`, () => {
		let server;
		before(async () => { server = await serve(database); });
		after(() => server?.stop());

		// guide:S47, guide:S51, guide:S52: Karen, 71, chooses a phone talk.
		it("Karen types her code and asks for a call, without scripts",
			async () => {
				const { page, close } = await visit(browser, server.base,
					{ javaScriptEnabled: false });
				const code = server.links.citizen.split("/c/")[1];
				await page.goto(`${server.base}/c`);
				await tabTo(page, "#kode");
				await page.keyboard.type("FORKERT-KODE");
				await page.keyboard.press("Enter");
				assert.match(await page.textContent("#kode-error"), /passer ikke/);
				await page.fill("#kode", "");
				await tabTo(page, "#kode");
				// Small letters and spaces are forgiven.
				await page.keyboard.type(code.toLowerCase().replaceAll("-", " "));
				await page.keyboard.press("Enter");
				await page.waitForURL(/\/c\/[0-9A-Z-]+$/);
				assert.match(await page.textContent("main"), /Hvorfor dig/);
				await tabTo(page, "main form button");
				await page.keyboard.press("Enter");
				assert.match(await page.textContent("#fejl"), /Vælg en af de tre/);
				await tabTo(page, "#felt-answer-0");
				await page.keyboard.press("ArrowDown");
				await page.keyboard.press("ArrowDown");
				await tabTo(page, "#felt-way");
				await page.keyboard.press("ArrowDown");
				await tabTo(page, "#felt-text");
				await page.keyboard.type("Ring helst om formiddagen.");
				await tabTo(page, "main form button");
				await page.keyboard.press("Enter");
				await page.waitForURL(/tak=1/);
				assert.match(await page.textContent("main"), /formiddagen/);
				assert.match(await page.textContent("main"), /Ring til mig/);
				await close();
			});

		it("her pages are sound, wide and narrow, in short words too",
			async () => {
				const { page, close } = await visit(browser, server.base);
				const url = server.base +
					new URL(server.links.citizen, server.base).pathname;
				await soundVisit(page, `${server.base}/c`, "borger-kode");
				await soundVisit(page, url, "borger");
				await soundVisit(page, `${url}?vis=let`, "borger-let");
				await soundVisit(page, `${url}?sprog=en`, "borger-en");
				await soundVisit(page, `${url}/slet`, "borger-slet");
				assert.equal((await page.context().cookies()).length, 0);
				await close();
			});

		it("the leader sees that she answered, and prints letters",
			async () => {
				const { page, close } = await visit(browser, server.base);
				await signIn(page, freshLink(server));
				const { address } = await invitations(page, server);
				await soundPage(page, "invitation");
				await page.setViewportSize({ width: 1280, height: 900 });
				assert.match(await page.textContent("table"), /Vil ringes op/);
				assert.match(await page.textContent("main"), /Lix \d+/);
				await page.locator("input[name=person]").first().check();
				await page.getByLabel(/er gået tabt/).first().check();
				await button(page, "Lav invitationerne").click();
				await page.waitForURL(/lavet=/);
				const file = await page.request.get(server.base + await page
					.getByRole("link", { name: "Hent dem" }).getAttribute("href"));
				assert.equal(file.headers()["content-type"], "application/pdf");
				const dir = fs.mkdtempSync(path.join(os.tmpdir(), "breve-"));
				const pdf = path.join(dir, "breve.pdf");
				fs.writeFileSync(pdf, await file.body());
				const text = execFileSync("pdftotext", ["-layout", pdf, "-"],
					{ encoding: "utf8" });
				assert.match(text, /Karen Holm/);
				assert.match(text, /Elmevej 3/);
				assert.match(text, /Datatilsynet/);
				const screens = path.join(process.cwd(), "build/screens");
				execFileSync("pdftoppm", ["-png", "-r", "60", pdf,
					path.join(screens, `brev-${database}`)]);
				fs.rmSync(dir, { recursive: true });
				// The letter went astray: its code ended.
				const old = await page.request.get(server.base +
					new URL(server.links.citizen, server.base).pathname);
				assert.equal(old.status(), 404);
				const code = text.match(/[0-9A-Z]{4}(-[0-9A-Z]{4})+(-[0-9A-Z]+)?/)[0];
				const now = await page.request.get(`${server.base}/c/${code}`);
				assert.equal(now.status(), 200);
				server.code = code;
				await page.goto(address);
				await close();
			});

		// guide:S48: Jonas stops the next day, and nobody asks why.
		it("she stops, and then deletes everything", async () => {
			const { page, close } = await visit(browser, server.base,
				{ javaScriptEnabled: false });
			await page.goto(`${server.base}/c/${server.code}`);
			await button(page, "Jeg vil stoppe").click();
			assert.match(await page.textContent("h1"), /Du er stoppet/);
			await page.getByRole("link", { name: "Slet alt om mig" }).click();
			await button(page, "Ja, slet det").click();
			assert.match(await page.textContent("h1"), /Det er slettet/);
			const gone = await page.goto(`${server.base}/c/${server.code}`);
			assert.equal(gone.status(), 404);
			await close();
		});
	});
}
