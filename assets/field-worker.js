// SPDX-License-Identifier: MPL-2.0
// Serves the field page where there is no line.  SHELL, the style sheets and
// scripts it needs, is written before this by web/page_field.c: so a new
// version of any of them is a new worker.  It keeps the page as the server
// gives it to everybody, and nothing of what is noted (assets/field.js).
"use strict";
const page = new URL(self.registration.scope).pathname;
const shelf = `felt ${page}`;
const WAIT_MS = 4000; // for a line that hardly is one

// Signed out, the server leads elsewhere: that is not the page.
async function freshPage() {
	const response = await fetch(page, { redirect: "manual",
		cache: "no-store", signal: AbortSignal.timeout(WAIT_MS) });
	if (response.ok)
		await (await caches.open(shelf)).put(page, response.clone());
	return response;
}

async function servePage() {
	let response = null;
	try {
		response = await freshPage();
	} catch {
		// no line
	}
	const gone = response?.status === 403 || response?.status === 404;
	if (response?.ok || gone)
		return response;
	return await caches.match(page) ?? response ?? Response.error();
}

async function install() {
	const cache = await caches.open(shelf);
	await cache.addAll(SHELL);
	const response = await freshPage();
	if (!response.ok)
		throw new Error("not the page");
}

// What an older version needed goes, the page stays.
async function tidy() {
	const cache = await caches.open(shelf);
	for (const request of await cache.keys()) {
		const path = new URL(request.url).pathname;
		if (path !== page && !SHELL.includes(path))
			await cache.delete(request);
	}
	await self.clients.claim();
}

self.addEventListener("install", (event) => {
	self.skipWaiting();
	event.waitUntil(install());
});

self.addEventListener("activate", (event) => event.waitUntil(tidy()));

self.addEventListener("fetch", (event) => {
	const { request } = event;
	const path = new URL(request.url).pathname;
	if (request.method !== "GET")
		return;
	if (request.mode === "navigate" && path === page)
		event.respondWith(servePage());
	else if (SHELL.includes(path))
		event.respondWith(caches.match(path).then((r) => r ?? fetch(request)));
});
