// SPDX-License-Identifier: MPL-2.0
// A day in the field: Mette gets ready, the network is cut, and several people
// say something one after the other, written, recorded and photographed.  A tab
// is killed while it records, the phone's clock is years off, she is signed out
// when the line is back, and an answer is lost.  Then each is here once, and the
// phone has nothing.  guide:S41 guide:S50 guide:S53 guide:S55
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { databases, demoNetwork, freshLink, launch, serve, signIn, soundPage,
	soundVisit, visit } from "./helper.mjs";

let browser;
before(async () => {
	browser = await launch(["--use-fake-device-for-media-stream",
		"--use-fake-ui-for-media-stream"]);
});
after(() => browser?.close());

const WORDS = ["Bussen kommer aldrig til tiden", "her er ingen at spørge",
	"Jeg går hellere selv", "Lyset er slukket kl. ti"];

// The smallest picture there is, and a camera's words beside it.
const PICTURE = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUl" +
	"EQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

// All that lies on the phone, as one text: database, caches, storage.
function everything(page) {
	return page.evaluate(async () => {
		const seen = [];
		const latin = (bytes) => Array.from(new Uint8Array(bytes),
			(b) => String.fromCharCode(b)).join("");
		const tell = (value) => {
			if (value instanceof Uint8Array || value instanceof ArrayBuffer)
				seen.push(latin(value));
			else if (value !== null && typeof value === "object")
				Object.values(value).forEach(tell);
			else
				seen.push(unescape(encodeURIComponent(String(value))));
		};
		const wait = (request) => new Promise((resolve, reject) => {
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error);
		});
		for (const { name } of await indexedDB.databases()) {
			const db = await wait(indexedDB.open(name));
			for (const store of db.objectStoreNames) {
				const s = db.transaction(store).objectStore(store);
				tell(await wait(s.getAllKeys()));
				const t = db.transaction(store).objectStore(store);
				tell(await wait(t.getAll()));
			}
			db.close();
		}
		for (const name of await caches.keys()) {
			const cache = await caches.open(name);
			for (const request of await cache.keys())
				tell(await (await cache.match(request)).arrayBuffer());
		}
		tell({ ...localStorage, ...sessionStorage });
		return seen.join("\n");
	});
}

// How each word may stand there: as it is, and as a form is sent.
const spellings = (text) => [text,
	new URLSearchParams({ t: text }).toString().slice(2)]
	.map((t) => Buffer.from(t, "utf8").toString("latin1"));

async function found(page, words) {
	const all = await everything(page);
	assert.ok(all.length > 1000, "there is something to look through");
	return words.filter((w) => spellings(w).some((s) => all.includes(s)));
}

// How many rows a store of the phone's database has.
const count = (page, store) => page.evaluate(async (name) => {
	const [{ name: which }] = await indexedDB.databases();
	return new Promise((resolve) => {
		indexedDB.open(which).onsuccess = ({ target }) => {
			const db = target.result;
			const request = db.transaction(name).objectStore(name).count();
			request.onsuccess = () => {
				db.close();
				resolve(request.result);
			};
		};
	});
}, store);

const listed = (page) => page.locator("#felt-liste > li");
const words = (page) => page.getByLabel("Hvad der blev sagt");
const saveButton = (page) =>
	page.getByRole("button", { name: "Gem, og næste person" });

async function consent(page) {
	await page.getByLabel("Netværket", { exact: true }).check();
	await page.getByLabel("Uden navn af nogen slags").check();
	await page.getByLabel("Personen sagde ja").check();
}

const says = (page, text) =>
	page.locator("#felt-stand", { hasText: text }).waitFor();

// Saves, and `more` lines are new on the phone.
async function save(page, more = 1) {
	const before = await listed(page).count();
	await saveButton(page).click();
	await page.locator("#felt-liste > li").nth(before + more - 1).waitFor();
	await page.waitForFunction(() => document.getElementById("felt-form")
		.original.value === "");
	await says(page, "Her er den næste person");
}

async function note(page, text) {
	await words(page).fill(text);
	await consent(page);
	await save(page);
	assert.equal(await words(page).inputValue(), "");
	assert.equal(await page.locator("#felt-form :checked:not(option)").count(),
		0, "the next person has said yes to nothing");
}

async function record(page, ms) {
	await page.getByLabel("stemmen bliver optaget").check();
	await page.getByRole("button", { name: "Optag lyd" }).click();
	await page.getByRole("button", { name: "Stop optagelsen" }).waitFor();
	await page.waitForTimeout(ms);
}

for (const database of databases) {
	describe(`the field page on ${database}`, () => {
		let server, network, visitor, page;
		before(async () => {
			server = await serve(database);
			visitor = await visit(browser, server.base,
				{ viewport: { width: 320, height: 800 } });
			({ page } = visitor);
			await visitor.context.grantPermissions(["microphone"]);
			page.on("dialog", (dialog) => dialog.accept());
		});
		after(async () => {
			await visitor?.context.close();
			await server?.stop();
		});

		const reopen = async () => {
			await page.close();
			page = await visitor.context.newPage();
			page.on("dialog", (dialog) => dialog.accept());
			await page.goto(`${network}/felt`);
			await page.locator("#felt-side").waitFor();
		};

		it("Mette gets ready while there is a line", async () => {
			await signIn(page, server.links.leader);
			network = await demoNetwork(page, server.base);
			await page.goto(`${network}/stemmer`);
			await page.getByRole("link", { name: "Ud i felten" }).click();
			await page.getByRole("link", { name: "Gør klar til felten" })
				.click();
			await soundPage(page, "field-day");
			await page.getByRole("button", { name: "Gør klar" }).click();
			await page.getByText("Telefonen er klar.").waitFor();
			await page.waitForFunction(async () => {
				await navigator.serviceWorker.ready;
				return caches.match(location.pathname);
			});
			await soundPage(page, "field");
			await soundVisit(page, `${network}/felt`, "field-html");
			await page.setViewportSize({ width: 320, height: 800 });
		});

		it("can be installed", async () => {
			const cdp = await visitor.context.newCDPSession(page);
			const { errors, data } = await cdp.send("Page.getAppManifest");
			assert.deepEqual(errors, []);
			const manifest = JSON.parse(data);
			assert.equal(manifest.start_url, new URL(`${network}/felt`).pathname);
			assert.equal(manifest.display, "standalone");
			const { installabilityErrors } =
				await cdp.send("Page.getInstallabilityErrors");
			assert.deepEqual(installabilityErrors
				.filter((e) => e.errorId !== "in-incognito"), []);
		});

		it("takes several people in a row without a line", async () => {
			await visitor.context.setOffline(true);
			await page.reload();
			await page.getByText("Telefonen er klar.").waitFor();
			await says(page, "Der er ikke net lige nu.");
			await note(page, WORDS[0]);
			await page.locator("#felt-kind").selectOption("quote");
			await note(page, WORDS[1]);
			assert.equal(await listed(page).count(), 2);
			assert.equal(await page.locator("[data-state=waits]").count(), 2);
			await soundPage(page, "field-offline");
			await page.setViewportSize({ width: 320, height: 800 });
		});

		it("records and photographs only after a yes", async () => {
			const button = page.getByRole("button", { name: "Optag lyd" });
			const photo = page.getByLabel("Tag et foto");
			assert.ok(await button.isDisabled() && await photo.isDisabled());
			await record(page, 4500);
			await soundPage(page, "field-recording");
			await page.setViewportSize({ width: 320, height: 800 });
			await page.getByRole("button", { name: "Stop optagelsen" })
				.click();
			await page.getByLabel("Personen siger ja til et foto").check();
			await photo.setInputFiles({ name: "Karen i haven.png",
				mimeType: "image/png", buffer: PICTURE });
			await page.getByText(/Med følger: Lyd .* Foto/).waitFor();
			await consent(page);
			await saveButton(page).click();
			await page.waitForFunction(() => document.querySelectorAll(
				"[data-state=waits]").length === 5);
			assert.equal(await listed(page).count(), 5);
			assert.ok(await button.isDisabled(), "the next one is asked anew");
		});

		it("asks a guardian of a child, and something of everybody",
			async () => {
				await page.getByLabel("Personen er under 15 år").check();
				await words(page).fill(WORDS[2]);
				await consent(page);
				await saveButton(page).click();
				assert.equal(await page.locator("[data-state=waits]")
					.count(), 5, "it is not saved");
				assert.match(await page.locator("#felt-given_by")
					.evaluate((e) => e.validationMessage), /værge/);
				await page.locator("#felt-given_by")
					.selectOption("parent");
				await words(page).fill("");
				await saveButton(page).click();
				assert.match(await words(page)
					.evaluate((e) => e.validationMessage), /Skriv/);
				await words(page).fill(WORDS[2]);
				await saveButton(page).click();
				await page.waitForFunction(() => document
					.querySelectorAll("[data-state=waits]").length === 6);
			});

		it("loses seconds of a recording when the tab is killed",
			async () => {
				await words(page).fill(WORDS[3]);
				await consent(page);
				await record(page, 5500);
				const before = await count(page, "parts");
				assert.ok(before >= 9, `${before} parts are sealed`);
				const cdp = await visitor.context.newCDPSession(page);
				await Promise.race([
					cdp.send("Page.crash").catch(() => {}),
					new Promise((r) => page.once("crash", r))]);
				await reopen();
				await says(page, "Der er ikke net lige nu.");
				assert.equal(await listed(page).count(), 8);
				assert.equal(await page.locator(
					"[data-state=waits]").count(), 8);
			});

		it("notes on, with a clock that is years off, and a number that " +
			"must not be there", async () => {
			await page.clock.setSystemTime(new Date("2031-05-05T12:00:00Z"));
			await note(page, "Sagt i et andet år");
			await page.clock.setSystemTime(new Date("2001-05-05T12:00:00Z"));
			await note(page, "Mit nummer er 010150-5008, ring bare");
			assert.equal(await listed(page).count(), 10);
			await reopen();
		});

		it("has nothing on the phone that can be read", async () => {
			const planted = [...WORDS, "Sagt i et andet år", "010150-5008",
				"Karen i haven", "given_by=parent"];
			assert.deepEqual(await found(page, planted), []);
			await page.evaluate(async (text) => { // the twin
				const [{ name }] = await indexedDB.databases();
				const open = indexedDB.open(name);
				await new Promise((r) => { open.onsuccess = r; });
				const t = open.result.transaction("parts", "readwrite");
				t.objectStore("parts").put(new TextEncoder()
					.encode(`original=${text}`), ["twin", 0]);
				await new Promise((r) => { t.oncomplete = r; });
				open.result.close();
			}, WORDS[0]);
			assert.deepEqual(await found(page, planted), [WORDS[0]]);
			await page.evaluate(async () => {
				const [{ name }] = await indexedDB.databases();
				const open = indexedDB.open(name);
				await new Promise((r) => { open.onsuccess = r; });
				const t = open.result.transaction("parts", "readwrite");
				t.objectStore("parts").delete(["twin", 0]);
				await new Promise((r) => { t.oncomplete = r; });
				open.result.close();
			});
		});

		it("keeps it when she is signed out, and says so", async () => {
			await page.goto("about:blank");
			await visitor.context.setOffline(false);
			await page.goto(server.base);
			await page.getByRole("button", { name: "Log ud" }).click();
			await page.waitForURL(/log-ind/);
			await page.goto(`${network}/felt`);
			await page.getByRole("link", { name: "Log ind for at sende" })
				.waitFor();
			assert.equal(await listed(page).count(), 10);
			await note(page, "Noteret uden at være logget ind");
		});

		it("sends each once when the line is back, whatever is lost",
			async () => {
				let lost = 0, sent = 0;
				await visitor.context.route(/\/felt\/[^/]+\/ind$/,
					async (route) => {
						sent++;
						const response = await route.fetch();
						const { state } = await response.json();
						if (["received", "draft"].includes(state) &&
						    lost < 3) {
							lost++;
							await route.abort();
							return;
						}
						await route.fulfill({ response });
					});
				await signIn(page, freshLink(server));
				await page.goto(`${network}/felt`);
				await page.getByText("Der ligger ikke noget på telefonen")
					.waitFor({ timeout: 90_000 });
				assert.equal(lost, 3);
				assert.ok(sent > 11);
				await visitor.context.unroute(/\/felt\/[^/]+\/ind$/);
				assert.equal(await count(page, "items"), 0);
				assert.equal(await count(page, "parts"), 0);
				await soundPage(page, "field-sent");
			});

		it("has each of them here, once", async () => {
			const list = [WORDS[0], WORDS[1], WORDS[2], WORDS[3],
				"Sagt i et andet år", "Noteret uden at være logget ind",
				"Optaget i felten."];
			await page.goto(`${network}/stemmer?tilstand=received`);
			for (const text of list)
				assert.equal(await page.locator("blockquote",
					{ hasText: text }).count(), 1, text);
			await page.getByRole("link", { name: "Optaget i felten." })
				.click();
			await page.getByText("Lyd fra felten").first().waitFor();
			await page.getByText("Foto fra felten").first().waitFor();
			assert.equal(await page.getByText("Karen i haven").count(), 0);
			await page.getByText("stemmen bliver optaget").first()
				.waitFor(); // what was read out
			await page.goto(`${network}/stemmer?tilstand=received`);
			await page.getByRole("link", { name: WORDS[3] }).click();
			await page.getByText("Lyd fra felten").first().waitFor();
		});

		it("gives back what could not be taken, to be put right",
			async () => {
				await page.goto(`${network}/felt`);
				await page.getByRole("link",
					{ name: "venter på, at du retter det" }).click();
				await soundPage(page, "field-draft");
				await page.getByRole("link", { name: "Ret det" }).click();
				await page.getByText("CPR-nummer").first().waitFor();
				await words(page).fill("Ring bare");
				await page.getByRole("button",
					{ name: "Gem", exact: true }).click();
				await page.getByText("Modtaget").waitFor();
				await page.goto(`${network}/felt/dag`);
				assert.equal(await page.getByRole("link",
					{ name: "Ret det" }).count(), 0);
			});

		it("ends: the key is destroyed", async () => {
			await page.goto(`${network}/felt`);
			await page.getByRole("button", { name: "Slut dagen" }).click();
			await page.getByRole("link", { name: "Gør klar til felten" })
				.waitFor();
			assert.equal(await count(page, "days"), 0);
			assert.deepEqual(visitor.faults.filter((f) =>
				!/ERR_INTERNET_DISCONNECTED|ERR_FAILED/.test(f)), []);
		});
	});
}
