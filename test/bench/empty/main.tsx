// A minimal page: React, a store, the d3 functions of a timeline, and a working button. Its loading time is the baseline of
// test/bench/load.ts.
import { axisBottom, bisectLeft, drag, extent, line, scaleBand, scaleLinear, select, ticks, zoom } from 'd3';
import { createRoot } from 'react-dom/client';
import { create } from 'zustand';

const useCount = create<{ readonly count: number }>()(() => ({ count: 0 }));

function Empty() {
  const { count } = useCount();
  const used = [axisBottom, bisectLeft, drag, extent, line, scaleBand, scaleLinear, select, ticks, zoom];
  return (
    <button type="button" className="primary" onClick={() => useCount.setState({ count: count + 1 })}>
      {count} of {used.length}
    </button>
  );
}

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<Empty />);
