/** Images on their way to becoming somebody's picture. They are cut and made smaller here: the rest of what is on a photograph, and where
 *  it was taken, never leaves the computer. */
import { sideOf } from './crop';
import type { Crop } from './crop';
import { PICTURE_LARGE_PX } from './limits';

/** What a person may choose. An SVG is a program as well, so it is none of them. */
export const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'];

/** Nobody sees the difference to more, and the server makes it anew. */
const QUALITY = 0.92;

/** Reads an image, upright. Throws for what is none. */
export function readImage(file: Blob): Promise<ImageBitmap> {
  return createImageBitmap(file, { imageOrientation: 'from-image' });
}

/** Draws the square over the whole canvas; what is see-through is white. */
export function drawCrop(canvas: HTMLCanvasElement, image: ImageBitmap, crop: Crop): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const side = sideOf(image, crop);
  context.imageSmoothingQuality = 'high';
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, crop.x - side / 2, crop.y - side / 2, side, side, 0, 0, canvas.width, canvas.height);
}

/** The square as a file, in base64. */
export function fileOf(image: ImageBitmap, crop: Crop): string {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = Math.max(1, Math.min(PICTURE_LARGE_PX, Math.round(sideOf(image, crop))));
  drawCrop(canvas, image, crop);
  return canvas.toDataURL('image/jpeg', QUALITY).split(',')[1] ?? '';
}
