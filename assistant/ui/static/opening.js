// What stands for the page while it is made goes once all is in its place: the head, and what was found on arrival.
{
	const awaited = ["#masthead header", "#past .exchanges"];
	if (new URLSearchParams(location.search).has("doc")) awaited.push(":is(#reader .reader, #reader .hint, .state)");
	const choice = () => !document.querySelector("#masthead details") || document.querySelector("#picker input"); // of several documents
	const opening = document.getElementById("opening");
	const uncover = () => {
		watch.disconnect();
		if (!opening?.isConnected) return;
		opening.remove();
		if (document.activeElement !== document.body) return;
		// What is hidden cannot take the focus, as the field would have done by itself.
		(document.querySelector("#reader .is-target") ?? document.querySelector("#question textarea"))?.focus({ preventScroll: true });
	};
	const look = () => awaited.every((one) => document.querySelector(one)) && choice() && uncover();
	const watch = new MutationObserver(look);
	if (opening) watch.observe(document.body, { childList: true, subtree: true });
	look();
	setTimeout(uncover, 5000); // also where something does not come: there is then more to be seen below
}
