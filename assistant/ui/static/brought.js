// What became of files that were sent goes when it is hidden, or when something is asked: whoever asks has read it.
{
	const hide = () => {
		const results = document.querySelector("#brought .results:not([hidden])");
		if (!results) return;
		results.hidden = true;
		document.querySelector("#adding .add").open = false;
	};
	document.addEventListener("click", ({ target }) => {
		if (!target.closest("#brought [data-hide]")) return;
		hide();
		document.querySelector("#adding summary").focus();
	});
	new MutationObserver(() => document.querySelector("#brought .results:not([hidden])") && document.querySelector(".turn-pending") && hide())
		.observe(document.querySelector("gradio-app") ?? document.body, { childList: true, subtree: true });
}
