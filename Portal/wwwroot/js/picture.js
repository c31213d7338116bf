// <input type="file" data-shrink="512">: makes what was chosen a square of that many pixels before it is sent. It then is small,
// upright and without place or camera, also where the file is of a kind that the portal does not take. Without this it is sent as it is.
for (const input of document.querySelectorAll("input[type=file][data-shrink]")) {
  input.addEventListener("change", async () => {
    const [file] = input.files;
    document.querySelector(`[data-file-of="${input.id}"]`).textContent = file?.name ?? "";
    if (!file) return;
    try {
      const picture = await createImageBitmap(file);
      const side = Math.min(picture.width, picture.height);
      const size = Math.min(side, Number(input.dataset.shrink));
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = size;
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, size, size);
      pen.drawImage(picture, (picture.width - side) / 2, (picture.height - side) / 2, side, side, 0, 0, size, size);
      const blob = await new Promise(done => canvas.toBlob(done, "image/jpeg", 0.88));
      const files = new DataTransfer();
      files.items.add(new File([blob], "picture.jpg", { type: "image/jpeg" }));
      if (input.files[0] === file) input.files = files.files;
    } catch { /* not a picture that this browser knows: the portal says what is wrong with it */ }
  });
}
