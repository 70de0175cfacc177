// SPDX-License-Identifier: MPL-2.0
// Makes some things quicker; nothing needs it (doc/design-system.md).
// A part of the page is fetched as the whole page and swapped in.  The
// parsing is XMLHttpRequest's: it runs no scripts, and the content security
// policy allows no other way from text to elements.
"use strict";
(() => {
	let shown = location.pathname + location.search;

	const part = (element) => element.closest(".plan-part");
	const isDirty = (root) => root.querySelector("form[data-dirty]") !== null;

	function load(method, url, body, done) {
		const request = new XMLHttpRequest();
		request.open(method, url);
		request.responseType = "document";
		request.onload = () => done(request.response, request.responseURL);
		request.onerror = () => done(null, url);
		request.send(body);
	}

	function focusOn(element) {
		if (element === null)
			return;
		element.focus({ preventScroll: true });
		element.scrollIntoView({ block: "nearest" });
	}

	// Says it in the polite region, in words that the server wrote.
	function say(page) {
		const region = document.getElementById("live");
		const message = page.querySelector("main > .alert .alert-text");
		region?.querySelectorAll("[data-said]").forEach((p) => p.remove());
		document.querySelectorAll("main > .alert").forEach((a) => a.remove());
		if (region === null || message === null)
			return;
		const p = document.createElement("p");
		p.dataset.said = "";
		p.textContent = message.textContent;
		region.append(p);
	}

	function swapOne(old, page) {
		const fresh = page.getElementById(old.id);
		if (fresh === null)
			return null;
		const element = document.importNode(fresh, true);
		old.replaceWith(element);
		return element;
	}

	// The other parts follow, unless somebody writes in them.
	function swapRest(page, done) {
		for (const other of document.querySelectorAll(".plan-part[id]"))
			if (other !== done && !other.querySelector("form[data-edit]"))
				swapOne(other, page);
		for (const name of [".plan-contents", ".plan-meta"]) {
			const old = document.querySelector(name);
			const fresh = page.querySelector(name);
			if (old !== null && fresh !== null)
				old.replaceWith(document.importNode(fresh, true));
		}
	}

	function goTo(url) {
		const at = new URL(url, location.href);
		shown = at.pathname + at.search;
		return at;
	}

	const openers = new Map(); // part -> the link that opened its form

	function openForm(link) {
		const old = part(link);
		openers.set(old.id, link.getAttribute("href"));
		load("GET", link.href, null, (page) => {
			const element = page && swapOne(old, page);
			if (!element) {
				location.assign(link.href);
				return;
			}
			history.pushState(null, "", goTo(link.href));
			const form = element.querySelector("form[data-edit]");
			focusOn((form ?? element).querySelector("[tabindex='-1']") ??
			    element.querySelector("[data-edit-link]"));
		});
	}

	function closeForm(link) {
		const old = part(link);
		const record = link.closest(".plan-record")?.id;
		load("GET", link.href, null, (page) => {
			const element = page && swapOne(old, page);
			if (!element) {
				location.assign(link.href);
				return;
			}
			history.replaceState(null, "", goTo(link.href));
			focusRecord(element, record);
		});
	}

	// Where one came from, else where the form stood, else the last button of
	// the part, which adds.
	function focusRecord(element, record) {
		const links = [...element.querySelectorAll("[data-edit-link]")];
		const opener = openers.get(element.id);
		openers.delete(element.id);
		focusOn(links.find((l) => l.getAttribute("href") === opener) ??
		    links.find((l) => l.closest(".plan-record")?.id === record) ??
		    links[links.length - 1] ?? null);
	}

	function plainSubmit(form) {
		form.removeAttribute("data-dirty");
		form.submit(); // its key makes a second time harmless
	}

	function save(form, submitter) {
		const old = part(form);
		const record = form.closest(".plan-record")?.id;
		const body = new URLSearchParams(new FormData(form, submitter));
		saving = true;
		form.setAttribute("aria-busy", "true");
		load("POST", form.action, body, (page, url) => {
			saving = false;
			savedAt = performance.now();
			stamp = null;
			look();
			if (page && url !== form.action &&
			    new URL(url).pathname !== location.pathname) {
				form.removeAttribute("data-dirty");
				location.assign(url); // it has a page of its own now
				return;
			}
			const element = page && page.getElementById(old.id) &&
			    swapOne(old, page);
			if (!element) {
				plainSubmit(form);
				return;
			}
			say(page);
			const back = element.querySelector("form[data-edit] [data-focus]");
			if (back !== null) {
				back.closest("form").setAttribute("data-dirty", "");
				focusOn(back);
				return;
			}
			swapRest(page, element);
			const at = goTo(url);
			at.searchParams.delete("besked");
			history.replaceState(null, "", goTo(at));
			focusRecord(element, record);
		});
	}

	document.addEventListener("click", (event) => {
		const plain = event.button === 0 && !event.ctrlKey &&
		    !event.metaKey && !event.shiftKey && !event.altKey;
		const link = event.target.closest("a[href]");
		if (!plain || link === null || part(link) === null)
			return;
		const cancels = link.closest("form[data-edit] > .button-group");
		if (isDirty(part(link)) || !(cancels || "editLink" in link.dataset))
			return; // the browser asks before it leaves
		event.preventDefault();
		(cancels ? closeForm : openForm)(link);
	});

	document.addEventListener("submit", (event) => {
		const form = event.target;
		form.removeAttribute("data-dirty");
		if (!("edit" in form.dataset) || part(form) === null)
			return;
		event.preventDefault();
		if (form.getAttribute("aria-busy") !== "true")
			save(form, event.submitter);
	});

	// One statement after another, without a new page each time.
	function answerTalk(form, submitter) {
		const old = form.closest("[data-swap]");
		const body = new URLSearchParams(new FormData(form, submitter));
		form.setAttribute("aria-busy", "true");
		load("POST", form.action, body, (page, url) => {
			const element = page && swapOne(old, page);
			if (!element) {
				plainSubmitWith(form, submitter);
				return;
			}
			history.replaceState(null, "", goTo(url));
			focusOn(element.querySelector("[tabindex='-1']") ??
			    element.querySelector("h2"));
		});
	}

	// The line was lost: as without a script, with the button that was meant.
	function plainSubmitWith(form, submitter) {
		const field = document.createElement("input");
		field.type = "hidden";
		field.name = submitter?.name ?? "";
		field.value = submitter?.value ?? "";
		form.append(field);
		form.submit();
	}

	document.addEventListener("submit", (event) => {
		const form = event.target;
		if (form.method !== "post" || form.closest("[data-swap]") === null)
			return;
		event.preventDefault();
		if (form.getAttribute("aria-busy") !== "true")
			answerTalk(form, event.submitter);
	});

	// What follows a dialogue by itself: the wall.  One fetch at a time.
	const follows = document.querySelector("[data-follow]");
	let following = null;
	let behind = false;
	function follow() {
		following?.close();
		following = null;
		if (follows === null || document.hidden)
			return;
		following = new EventSource(follows.dataset.follow);
		following.addEventListener("room", freshen);
	}
	function freshen() {
		const old = document.querySelector("[data-follow]");
		if (behind || old === null)
			return;
		behind = true;
		load("GET", location.href, null, (page) => {
			behind = false;
			if (page)
				swapOne(old, page);
		});
	}
	document.addEventListener("visibilitychange", follow);
	window.addEventListener("pagehide", () => following?.close());
	window.addEventListener("pageshow", follow);

	document.addEventListener("input", (event) => {
		event.target.closest("form[data-edit]")?.setAttribute("data-dirty", "");
	});

	// How a text reads, while it is written: the server says it.
	const PAUSE_MS = 700;
	let pause = 0;
	function read(form) {
		const place = document.querySelector("[data-reads]");
		if (place === null)
			return;
		load("POST", place.dataset.reads,
		    new URLSearchParams(new FormData(form)),
		    (page) => page && swapOne(place, page));
	}
	document.addEventListener("input", (event) => {
		const form = event.target.closest("form[data-edit]");
		if (form === null)
			return;
		clearTimeout(pause);
		pause = setTimeout(read, PAUSE_MS, form);
	});

	window.addEventListener("beforeunload", (event) => {
		if (isDirty(document))
			event.preventDefault();
	});

	window.addEventListener("popstate", () => {
		if (location.pathname + location.search !== shown)
			location.reload();
	});

	// The page's ETag changes with what it shows: an event only says when to
	// ask for it.  So our own save is told from another's, and a tab that was
	// behind learns what it missed.  With several servers on one database
	// there is none; then an event counts, unless we have just saved.
	const OWN_CHANGE_MS = 3000;
	let stamp = null;
	let saving = false;
	let savedAt = -OWN_CHANGE_MS;
	async function look(event) {
		const answer = await fetch(location.pathname,
		    { method: "HEAD", cache: "no-store" }).catch(() => null);
		const now = answer?.ok ? answer.headers.get("ETag") : null;
		const own = performance.now() - savedAt < OWN_CHANGE_MS;
		const news = now === null ? event?.type === "changed" && !own
			: stamp !== null && now !== stamp;
		if (saving)
			return;
		stamp = now ?? stamp;
		const note = document.querySelector("[data-live-text]");
		if (news && note !== null)
			note.hidden = false;
	}

	// A browser opens few connections to one host: only the tab in front
	// keeps one.
	let source = null;
	function listen() {
		const url = document.body.dataset.live;
		const page = document.querySelector("[data-live-text] a");
		source?.close();
		source = null;
		if (url === undefined || document.hidden ||
		    page?.pathname !== location.pathname) // a form that came back
			return;
		source = new EventSource(url);
		source.addEventListener("open", look);
		source.addEventListener("changed", look);
	}
	document.addEventListener("visibilitychange", listen);
	window.addEventListener("pagehide", () => source?.close());
	window.addEventListener("pageshow", listen);

	// A large file goes in pieces, each when the one before is on disk there.
	// The server says how much it has; so a lost line or a reload costs one
	// piece.  The id of what is half sent is kept under what the file looks
	// like, not under its name.
	const PAUSES_S = [1, 2, 4, 8, 16, 30];

	function rest(seconds) {
		return new Promise((done) => {
			const timer = setTimeout(done, seconds * 1000);
			window.addEventListener("online", () => {
				clearTimeout(timer);
				done();
			}, { once: true });
		});
	}

	// null: not now.  An error: never.
	async function ask(url, body) {
		const answer = await fetch(url, { method: "POST", body })
			.catch(() => null);
		if (answer === null || answer.status >= 500)
			return null;
		if (!answer.ok && answer.status !== 409)
			throw new Error(`answer ${answer.status}`);
		return answer.json().catch(() => null);
	}

	async function insist(url, body, waits) {
		for (let n = 0; ; n++) {
			const state = await ask(url, body);
			if (state !== null)
				return state;
			waits();
			await rest(PAUSES_S[Math.min(n, PAUSES_S.length - 1)]);
		}
	}

	async function sendPieces(form, file) {
		const line = form.querySelector("[data-progress]");
		const url = form.dataset.pieces;
		const { csrf, id } = form.elements;
		const place = `medie ${url} ${file.size} ${file.lastModified}`;
		const waits = () => { line.textContent = line.dataset.waiting; };
		const mine = localStorage.getItem(place) ?? id.value;
		localStorage.setItem(place, mine);
		let said = -1;
		let state = await insist(url, new URLSearchParams({ csrf: csrf.value,
			id: mine, name: file.name, size: file.size }), waits);
		while (state.state === "coming") {
			const done = Math.floor(10 * state.got / state.size) * 10;
			if (done !== said || line.textContent === line.dataset.waiting)
				line.textContent =
				    line.dataset.sending.replace("%", `${done} %`);
			said = done;
			const body = new FormData();
			body.append("csrf", csrf.value);
			body.append("fra", state.got);
			body.append("stykke",
			    file.slice(state.got, state.got + state.piece), "stykke");
			state = await insist(url.replace(/til\/.*$/, `${mine}/stykke`),
			    body, waits);
		}
		localStorage.removeItem(place);
	}

	async function sendFile(form, file) {
		form.setAttribute("data-dirty", "");
		form.setAttribute("aria-busy", "true");
		try {
			await sendPieces(form, file);
			form.removeAttribute("data-dirty");
			location.reload();
		} catch {
			const line = form.querySelector("[data-progress]");
			form.removeAttribute("data-dirty");
			form.removeAttribute("aria-busy");
			line.textContent = line.dataset.failed;
		}
	}

	document.addEventListener("submit", (event) => {
		const file = event.target.elements.file?.files?.[0];
		if (!("pieces" in event.target.dataset) || file === undefined)
			return;
		event.preventDefault();
		if (event.target.getAttribute("aria-busy") !== "true")
			sendFile(event.target, file);
	});
	for (const element of document.querySelectorAll("[data-scripted]"))
		element.hidden = false;
	for (const element of document.querySelectorAll("[data-plain]"))
		element.hidden = true;

	focusOn(document.querySelector("[data-focus]"));
})();
