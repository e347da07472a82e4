// For every component test: jest-dom's matchers, an empty page after each test, and more time for lazy parts of the page, which
// tests compile on first use. Effects run at once instead of after a frame, which might come after the end of the test's page.
import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { options } from 'preact';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';

// files share the window of their process
beforeAll(() => {
  localStorage.clear();
  sessionStorage.clear();
  window.history.replaceState(null, '', '/');
});
afterEach(cleanup);
afterAll(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});
configure({ asyncUtilTimeout: 120_000 });
options.requestAnimationFrame = (flush) => queueMicrotask(flush);
