// SPDX-License-Identifier: MPL-2.0
// A round of priorities from its first option to its result: Mette plans it,
// Karen votes on her phone without a script, five others on paper, read by two
// who differ once; Ali and the leadership vote; then it closes.
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
const question = "Hvad skal vi begynde med?";

// The ballot numbers, as they stand on the papers.
async function numbers(page, round) {
	const got = await page.request.get(`${round}/stemmesedler.odt`);
	assert.equal(got.status(), 200);
	const dir = fs.mkdtempSync(path.join(os.tmpdir(), "samskab-odt-"));
	const file = path.join(dir, "sedler.odt");
	fs.writeFileSync(file, await got.body());
	const xml = execFileSync("python3", ["-c",
		"import sys,zipfile;sys.stdout.write(" +
		"zipfile.ZipFile(sys.argv[1]).read('content.xml').decode())",
		file], { encoding: "utf8" });
	fs.rmSync(dir, { recursive: true });
	return [...xml.matchAll(/Seddel (\d+-\w{4}-\w{4})\./g)].map((m) => m[1]);
}

for (const database of databases) {
	describe(`a round of priorities on ${database}`, () => {
		let server, network, round, papers;
		before(async () => { server = await serve(database); });
		after(() => server?.stop());
		const as = async (mail) => {
			const it = await visit(browser, server.base);
			await signIn(it.page, freshLink(server, mail));
			return it;
		};
		const ownPage = () => server.base +
			new URL(server.links.citizen, server.base).pathname;

		// guide:S20
		it("Mette plans it, and opens it when it is whole", async () => {
			const { page, close } = await as(undefined);
			network = await demoNetwork(page, server.base);
			await soundVisit(page, `${network}/prioritering`, "rounds");
			await page.getByRole("link", { name: "Planlæg en runde" })
				.click();
			await page.getByLabel("Hvad skal prioriteres?").fill(question);
			await page.getByLabel("Det skal de, der stemmer, vide")
				.fill("Vi kan begynde med én ting. Hvad vil du have?");
			await soundPage(page, "round-new");
			await button(page, "Gem").click();
			await page.locator("#runder a", { hasText: question }).click();
			await page.waitForURL(/prioritering\/[0-9a-f-]+$/);
			round = page.url();
			await page.getByText("Der skal være mindst to muligheder.")
				.waitFor();
			await page.getByLabel("Flere muligheder").fill(
				"En rampe; 0; Ved døren til haven\nEn bænk\nEt måltid sammen");
			await button(page, "Tilføj mulighederne").click();
			await soundPage(page, "round-draft");
			await button(page, "Åbn den").click();
			await page.getByText("Deltagelse indtil nu").waitFor();
			await soundPage(page, "round-open");
			await page.goto(`${round}/papir`);
			await page.getByLabel("Hvor mange i alt?").fill("5");
			await button(page, "Lav dem").click();
			papers = await numbers(page, round);
			assert.equal(papers.length, 5);
			await close();
		});

		it("Karen votes on her phone, without scripts, by keyboard",
			async () => {
				const { page, close } = await visit(browser, server.base,
					{ javaScriptEnabled: false,
						viewport: { width: 320, height: 700 } });
				await page.goto(ownPage());
				await page.getByRole("link", { name: "Vælg mellem forslag" })
					.click();
				await page.getByRole("link", { name: question }).click();
				await tabTo(page, "main form button");
				await page.keyboard.press("Enter");
				await page.getByText("Vælg en eller flere.").waitFor();
				await tabTo(page, "#felt-v-0");
				await page.keyboard.press("Space");
				await tabTo(page, "main form button");
				await page.keyboard.press("Enter");
				await page.getByText("Tak. Vi har din stemme.").waitFor();
				await page.getByText("Din kvittering:").waitFor();
				assert.ok(await page.locator("#felt-v-0").isChecked());
				await close();
			});

		it("her pages are sound, and stars have words", async () => {
			const { page, close } = await visit(browser, server.base);
			await page.goto(`${ownPage()}/valg`);
			await soundPage(page, "citizen-votes");
			await page.getByRole("link", { name: question }).click();
			await soundVisit(page, page.url(), "citizen-vote");
			await page.goto(`${ownPage()}/valg?vis=let`);
			await page.getByRole("link", { name: "Hvor god er hver idé?" })
				.click();
			await page.getByLabel("Meget god").first().check();
			await soundPage(page, "citizen-stars");
			await button(page, "Send min stemme").click();
			await page.getByText("Tak. Vi har din stemme.").waitFor();
			await close();
		});

		it("two read the papers, differ once, and settle it", async () => {
			const rows = (last) => papers.map((n, i) =>
				`${n}; ${i === 4 ? last : "1, 3"}`).join("\n");
			const mette = await as(undefined);
			await mette.page.goto(`${round}/papir`);
			await mette.page.getByLabel("Én seddel på hver linje")
				.fill(rows("2"));
			await button(mette.page, "Gem det, jeg læste").click();
			await mette.page.getByText("læst én gang").first().waitFor();
			const ali = await visit(browser, server.base);
			await signIn(ali.page, server.links.participant);
			await ali.page.goto(`${round}/papir`);
			await ali.page.getByLabel("Én seddel på hver linje")
				.fill(rows("2, 3"));
			await button(ali.page, "Gem det, jeg læste").click();
			await ali.page.getByText("de to er uenige").first().waitFor();
			await soundPage(ali.page, "round-papers");
			await mette.page.goto(`${round}/papir`);
			await soundPage(mette.page, "round-settle");
			await mette.page.getByRole("button", { name: /^2, 3/ }).click();
			await mette.page.getByText("5 er talt med").waitFor();
			await mette.close();
			await ali.close();
		});

		it("the network and the leadership vote", async () => {
			for (const who of ["ali.havnsoee", "lis.brohoej"]) {
				const { page, close } =
					await as(`${who}@fjordby.example`);
				await page.goto(`${round}/stem`);
				await soundPage(page, "staff-vote");
				await page.getByLabel("En bænk").check();
				await button(page, "Send min stemme").click();
				await page.getByText("Tak. Vi har din stemme.")
					.waitFor();
				await close();
			}
		});

		it("it closes, and the three stand side by side", async () => {
			const { page, close } = await as(undefined);
			await page.goto(round);
			await button(page, "Luk runden").click();
			await page.getByRole("link", { name: "Se resultatet" }).click();
			await page.getByText("5 af 6 valgte den").first().waitFor();
			await page.getByText("Skjult, fordi færre end 5 stemte").first()
				.waitFor();
			await soundVisit(page, page.url(), "round-result");
			await page.goto(`${network}/prioritering`);
			await page.getByRole("link", { name: /120\.000/ }).first()
				.click();
			await page.getByRole("link", { name: "Se resultatet" }).click();
			await page.getByText("Lige andele").first().waitFor();
			await soundVisit(page, page.url(), "round-budget");
			await close();
			const karen = await visit(browser, server.base);
			await karen.page.goto(`${ownPage()}/valg`);
			await karen.page.getByRole("link", { name: question }).click();
			await karen.page.getByRole("link",
				{ name: "Se, hvad der kom ud af det" }).click();
			await karen.page.getByText("Side om side", { exact: true }).waitFor();
			await soundPage(karen.page, "citizen-result");
			await karen.close();
		});
	});
}
