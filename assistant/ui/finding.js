(visit) => {
	// What the browser keeps, as it is now: this tab may be one of several. The tab's own open conversation comes first.
	const read = (key) => {
		try {
			return JSON.parse(localStorage.getItem(key));
		} catch {
			return null;
		}
	};
	const gone = read("communique/gone") ?? [];
	const keys = Object.keys(localStorage).filter((key) => key.startsWith("communique/kept/"));
	const found = keys.map(read).filter((one) => one && Array.isArray(one.turns) && !gone.includes(one.id));
	window.communiqueKept = new Map(found.map((one) => [one.id, one]));
	const open = sessionStorage.getItem("communique/open") ?? localStorage.getItem("communique/open") ?? "";
	return [visit, { open, conversations: found }];
};
