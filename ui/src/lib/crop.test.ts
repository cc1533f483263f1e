import { expect, test } from 'vitest';
import { ZOOM_MAX, middleOf, moved, sideOf, zoomed } from './crop';

const WIDE = { width: 1000, height: 400 };

test('the largest square in the middle is what one begins with', () => {
  const crop = middleOf(WIDE);
  expect(crop).toEqual({ x: 500, y: 200, zoom: 1 });
  expect(sideOf(WIDE, crop)).toBe(400);
});

test('it stays in the image, however far it is pushed', () => {
  const crop = middleOf(WIDE);
  expect(moved(WIDE, crop, 0.25, 0.25)).toEqual({ x: 600, y: 200, zoom: 1 });
  expect(moved(WIDE, crop, 9, -9)).toEqual({ x: 800, y: 200, zoom: 1 });
  const close = moved(WIDE, zoomed(WIDE, crop, 2), -9, 9);
  expect(close).toEqual({ x: 100, y: 300, zoom: 2 });
  expect(zoomed(WIDE, close, 1), 'made smaller it comes back in').toEqual({ x: 200, y: 200, zoom: 1 });
});

test('it is made larger within bounds', () => {
  expect(zoomed(WIDE, middleOf(WIDE), 100).zoom).toBe(ZOOM_MAX);
  expect(zoomed(WIDE, middleOf(WIDE), 0).zoom).toBe(1);
});
