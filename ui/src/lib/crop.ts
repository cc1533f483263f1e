/** Which square of an image is somebody's picture, and how it is moved and made larger. All in pixels of the image. */
export interface Size {
  width: number;
  height: number;
}

/** The middle of the square, and how many times smaller it is than the largest. */
export interface Crop {
  x: number;
  y: number;
  zoom: number;
}

export const ZOOM_MAX = 5;

export function middleOf({ width, height }: Size): Crop {
  return { x: width / 2, y: height / 2, zoom: 1 };
}

export function sideOf({ width, height }: Size, crop: Crop): number {
  return Math.min(width, height) / crop.zoom;
}

/** The same as far as it lies in the image. */
function within(image: Size, crop: Crop): Crop {
  const zoom = Math.min(Math.max(crop.zoom, 1), ZOOM_MAX);
  const half = sideOf(image, { ...crop, zoom }) / 2;
  const clamp = (at: number, length: number) => Math.min(Math.max(at, half), length - half);
  return { zoom, x: clamp(crop.x, image.width), y: clamp(crop.y, image.height) };
}

/** By parts of its own side: the image follows a hand on a stage of any size. */
export function moved(image: Size, crop: Crop, dx: number, dy: number): Crop {
  const side = sideOf(image, crop);
  return within(image, { ...crop, x: crop.x + dx * side, y: crop.y + dy * side });
}

export function zoomed(image: Size, crop: Crop, zoom: number): Crop {
  return within(image, { ...crop, zoom });
}
