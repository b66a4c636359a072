(parcel) => {
	if (!parcel) return;
	const bytes = Uint8Array.from(atob(parcel.content), (character) => character.charCodeAt(0));
	const address = URL.createObjectURL(new Blob([bytes], { type: parcel.type }));
	Object.assign(document.createElement("a"), { href: address, download: parcel.name }).click();
	setTimeout(() => URL.revokeObjectURL(address), 10000);
};
