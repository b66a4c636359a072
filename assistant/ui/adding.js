// Runs once for the form that adds documents; `element`, `trigger` and `upload` are gradio's. Files are sent one by one,
// so that one that does not arrive keeps no other from doing so.
element.addEventListener("change", async ({ target }) => {
	if (!target.matches("input[type=file]")) return;
	const said = element.querySelector(".sending");
	const files = [];
	const refused = [];
	const chosen = [...target.files];
	target.value = "";
	target.disabled = true;
	for (const file of chosen) {
		if (file.size > Number(target.dataset.most)) {
			refused.push({ name: file.name, reason: target.dataset.tooLarge });
			continue;
		}
		said.textContent = target.dataset.sending.replace("{name}", file.name);
		try {
			files.push({ name: file.name, path: (await upload(file)).path });
		} catch {
			refused.push({ name: file.name, reason: target.dataset.notSent });
		}
	}
	said.textContent = "";
	target.disabled = false;
	target.focus();
	if (files.length || refused.length) trigger("bring", { files, refused });
});
