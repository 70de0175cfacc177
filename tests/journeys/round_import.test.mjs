// SPDX-License-Identifier: MPL-2.0
// Mette brings a round of All Our Ideas in, two at a time: first a file with a
// fault, then a good one, without a script; she reads the result, fetches it
// and brings it into another round: every choice is there.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { databases, demoNetwork, launch, serve, signIn, soundPage, soundVisit,
	visit } from "./helper.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const head = "Vote ID,Session ID,Wikisurvey ID,Winner ID,Winner Text," +
	"Loser ID,Loser Text,Prompt ID,Appearance ID,Left Choice ID," +
	"Right Choice ID,Created at,Updated at,Response Time (s)," +
	"Missing Response Time Explanation,Session Identifier,Valid\n";
const row = (session, won, lost, valid = "TRUE") =>
	`1,${session},9,${won},${lost},3,4,5,6,2026-01-02 03:04:05 UTC,` +
	`2026-01-02 03:04:05 UTC,1.5,,abc,${valid}\n`;
const ramp = "41,En rampe", bench = "42,\"En bænk, i skyggen\"";

// The choices alone: what is drawn anew each time is left out.
const choices = (csv) => csv.trim().split("\r\n").slice(1)
	.map((line) => line.split(",").slice(3).join(",")).sort();

for (const database of databases) {
	describe(`a round from elsewhere on ${database}`, () => {
		let server, page, close, network, plain, closePlain;
		before(async () => {
			server = await serve(database);
			({ page, close } = await visit(browser, server.base));
			await signIn(page, server.links.leader);
			network = await demoNetwork(page, server.base);
			({ page: plain, close: closePlain } = await visit(browser,
				server.base, { javaScriptEnabled: false,
					viewport: { width: 320, height: 700 } }));
			await plain.context()
				.addCookies(await page.context().cookies());
		});
		after(async () => {
			await closePlain?.();
			await close?.();
			server?.stop();
		});

		async function draft(question) {
			await page.goto(`${network}/prioritering`);
			await page.getByRole("link", { name: "Planlæg en runde" })
				.click();
			await page.getByLabel("Hvad skal prioriteres?").fill(question);
			await page.getByLabel("Det skal de, der stemmer, vide")
				.fill("I har valgt mellem to ad gangen.");
			await page.getByLabel("Hvordan stemmer man?")
				.selectOption("pairwise");
			await page.getByRole("button", { name: "Gem", exact: true })
				.click();
			await page.locator("#runder a", { hasText: question }).click();
			await page.waitForURL(/prioritering\/[0-9a-f-]+$/);
			return page.url();
		}

		async function bring(page, round, csv) {
			await page.goto(round);
			await page.getByRole("link", { name: "Hent valg ind" }).click();
			await page.locator("#file").setInputFiles({ name: "votes.csv",
				mimeType: "text/csv", buffer: Buffer.from(csv) });
			await page.getByRole("button", { name: "Se på filen" }).click();
		}

		const fetched = async (round) => {
			const got = await page.request.get(`${round}/valg.csv`);
			assert.equal(got.status(), 200);
			return got.text();
		};

		it("a file with a fault says where, and brings nothing", async () => {
			const round = await draft("Hvad valgte I først?");
			await soundVisit(page, `${round}/import`, "round-import");
			await bring(plain, round, head + row(1, ramp, bench) +
				row(1, ramp, ramp));
			await plain.getByText("Linje 3, tegn").waitFor();
			await soundVisit(page, plain.url(), "round-import-fault");
			assert.equal(await plain.getByRole("button",
				{ name: "Hent den ind, og luk runden" }).count(), 0);
			await plain.getByRole("button", { name: "Smid filen væk" })
				.click();
			await plain.goto(round);
			await plain.getByText("Ingen muligheder endnu.").waitFor();
		});

		it("every choice comes in, goes out and comes in again", async () => {
			const first = await draft("Hvad valgte I dér?");
			let csv = head + row(0, ramp, bench, "FALSE");
			for (let i = 1; i <= 12; i++)
				csv += i % 3 ? row(i, ramp, bench) : row(i, bench, ramp);
			await bring(plain, first, csv);
			await plain.getByText("Borgeres stemmesedler").waitFor();
			await soundVisit(page, plain.url(), "round-import-look");
			await plain.getByRole("button",
				{ name: "Hent den ind, og luk runden" }).click();
			await plain.waitForURL(`${first}/resultat`);
			await soundVisit(page, `${first}/resultat`, "round-imported");
			const out = await fetched(first);
			assert.equal(choices(out).length, 12);

			const second = await draft("Og igen?");
			await bring(page, second, out);
			await page.getByRole("button",
				{ name: "Hent den ind, og luk runden" }).click();
			await page.waitForURL(`${second}/resultat`);
			const ours = (text) => choices(text).map((line) =>
				line.replace(/\d{4}-\d\d-\d\d/g, ""));
			assert.deepEqual(ours(await fetched(second)), ours(out));
		});
	});
}
