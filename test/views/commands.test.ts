import { expect, test } from 'vitest';
import { fuzzyFind } from '../../src/views/commands/fuzzy.ts';
import { ariaKey, isCharacter, isPressed, keyText } from '../../src/views/commands/keys.ts';

const find = (query: string, ...items: string[]) => fuzzyFind(query, items, (item) => item);

test('finds a command by letters in order, the closest first', () => {
  expect(find('into', 'Point to it', 'Step into the line')[0]).toBe('Step into the line');
  expect(find('stl', 'Last line', 'Step into the line')[0]).toBe('Step into the line');
  expect(find('line', 'Delete the current line', 'Line up', 'outline')).toEqual([
    'Line up',
    'Delete the current line',
    'outline',
  ]);
  expect(find('xyz', 'Undo')).toEqual([]);
  expect(find('', 'Undo', 'Redo')).toEqual(['Undo', 'Redo']);
});

test('ranks whole words before beginnings of words, and those before other letters', () => {
  expect(find('lab', 'Label a branch', 'Go to the lab', 'Lab: compose', 'available')).toEqual([
    'Lab: compose',
    'Go to the lab',
    'Label a branch',
    'available',
  ]);
  expect(find('compare kernels', 'Kernels to compare', 'Compares all kernels')[0]).toBe('Kernels to compare');
  expect(find('glossary', 'Go long: lossy arrays', 'The glossary')[0]).toBe('The glossary');
});

test('finds a command by further words, but not by their letters', () => {
  const also = (query: string) =>
    fuzzyFind(query, ['Keyboard shortcuts'], (title) => [title, 'help, keys']).length;
  expect([also('help'), also('key'), also('hlp')]).toEqual([1, 1, 0]);
});

test('matches a key with exactly its modifiers, and treats ⌘ as Ctrl', () => {
  const bare = { code: 'KeyZ', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
  expect(isPressed('KeyZ', bare)).toBe(true);
  expect(isPressed('Ctrl+KeyZ', { ...bare, metaKey: true })).toBe(true);
  expect(isPressed('Ctrl+KeyZ', { ...bare, ctrlKey: true, shiftKey: true })).toBe(false);
  expect(isPressed('Ctrl+Shift+KeyZ', { ...bare, ctrlKey: true, shiftKey: true })).toBe(true);
});

test('prints keys for people and for assistive technology', () => {
  expect(['Ctrl+Shift+KeyZ', 'Shift+Slash', 'Alt+ArrowUp', 'Digit1'].map(keyText)).toEqual([
    'Ctrl Shift Z',
    '?',
    'Alt ↑',
    '1',
  ]);
  expect(ariaKey('Ctrl+Digit1')).toBe('Control+1');
  expect(['KeyA', 'Shift+Slash', 'Ctrl+KeyA', 'Delete'].map(isCharacter)).toEqual([true, true, false, false]);
});
