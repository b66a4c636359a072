// The notes below an answer: one for each thumb, and no more than one of them open.
window.communiqueRemark = (button, open) => {
	const tools = button.closest(".tools");
	const own = tools.querySelector(`.remark[data-verdict=${button.dataset.rate}]`);
	for (const form of tools.querySelectorAll(open ? ".remark" : `.remark[data-verdict=${button.dataset.rate}]`)) {
		form.hidden = !(open && form === own);
		const opener = tools.querySelector(`[data-rate=${form.dataset.verdict}]`);
		// A thumb that is not up yet opens nothing, and does not say that it would.
		if (opener.getAttribute("aria-pressed") !== "false") opener.setAttribute("aria-expanded", String(!form.hidden));
	}
	if (open) own.scrollIntoView({ block: "nearest" }); // all of it, with the button that sends it
	return own;
};
