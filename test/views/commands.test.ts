import { expect, test } from 'vitest';
import { fuzzyFind } from '../../src/views/commands/fuzzy.ts';
import { ariaKey, isCharacter, isPressed, keyText } from '../../src/views/commands/keys.ts';

const find = (query: string, ...items: string[]) => fuzzyFind(query, items, (item) => item);

test('letters in order find a command, the closest first', () => {
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

test('a key is pressed with exactly its modifiers, and ⌘ is Ctrl', () => {
  const bare = { code: 'KeyZ', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
  expect(isPressed('KeyZ', bare)).toBe(true);
  expect(isPressed('Ctrl+KeyZ', { ...bare, metaKey: true })).toBe(true);
  expect(isPressed('Ctrl+KeyZ', { ...bare, ctrlKey: true, shiftKey: true })).toBe(false);
  expect(isPressed('Ctrl+Shift+KeyZ', { ...bare, ctrlKey: true, shiftKey: true })).toBe(true);
});

test('keys are written for people and for assistive technology', () => {
  expect(['Ctrl+Shift+KeyZ', 'Shift+Slash', 'Alt+ArrowUp', 'Digit1'].map(keyText)).toEqual([
    'Ctrl Shift Z',
    '?',
    'Alt ↑',
    '1',
  ]);
  expect(ariaKey('Ctrl+Digit1')).toBe('Control+1');
  expect(['KeyA', 'Shift+Slash', 'Ctrl+KeyA', 'Delete'].map(isCharacter)).toEqual([true, true, false, false]);
});
