// The fields of the lesson editor about the lesson as a whole.

import { LEVELS } from '../../../../formats/lesson/levels.ts';
import { GENERATIONS } from '../../../../kernel/generations/index.ts';
import { LESSONS } from '../../../../lessons/index.ts';
import type { LessonDraft } from '../../../../lessons/make.ts';
import { TextField } from './TextField.tsx';

interface AboutFieldsProps {
  readonly draft: LessonDraft;
  readonly onChange: (part: Partial<LessonDraft>) => void;
}

export function AboutFields({ draft, onChange }: AboutFieldsProps) {
  const { title, about, minutes, level, requires, learned, generation, script } = draft;
  // a what-if kernel of the lab is in no list
  const isListed = GENERATIONS.some(({ id }) => id === generation);
  return (
    <>
      <TextField
        label="Title"
        field="title"
        value={title}
        onChange={(changed) => onChange({ title: changed })}
      />
      <TextField
        label="Learning goal"
        field="about"
        value={about}
        onChange={(changed) => onChange({ about: changed })}
      />
      <label className="maker-field tracks middle gap-8">
        <span>Minutes</span>
        <input
          type="number"
          data-field="minutes"
          min={1}
          max={240}
          value={minutes ?? ''}
          onChange={({ target }) =>
            onChange({ minutes: Number.isNaN(target.valueAsNumber) ? null : target.valueAsNumber })
          }
        />
      </label>
      <label className="maker-field tracks middle gap-8">
        <span>Level</span>
        <select
          data-field="level"
          value={level ?? ''}
          onChange={({ target }) =>
            onChange({ level: LEVELS.find(({ id }) => id === target.value)?.id ?? null })
          }
        >
          <option value="">not said</option>
          {LEVELS.map(({ id, word }) => (
            <option key={id} value={id}>
              {word}
            </option>
          ))}
        </select>
      </label>
      <TextField
        label="Known at the end, one sentence per line"
        field="learned"
        rows={2}
        value={learned.join('\n')}
        onChange={(changed) => onChange({ learned: changed === '' ? [] : changed.split('\n') })}
      />
      <details className="maker-requires">
        <summary data-field="requires">
          Lessons to take before: {requires.length === 0 ? 'none' : requires.map(nameOf).join(', ')}
        </summary>
        <ul>
          {LESSONS.map(({ id, title: name }) => (
            <li key={id}>
              <label className="bar gap-6">
                <input
                  type="checkbox"
                  checked={requires.includes(id)}
                  onChange={({ target }) =>
                    onChange({
                      requires: target.checked ? [...requires, id] : requires.filter((one) => one !== id),
                    })
                  }
                />
                {name}
              </label>
            </li>
          ))}
        </ul>
      </details>
      <label className="maker-field tracks middle gap-8">
        <span>Kernel</span>
        <select
          data-field="generation"
          value={generation}
          onChange={({ target }) =>
            onChange({
              generation: GENERATIONS.find(({ id }) => id === target.value)?.id ?? generation,
            })
          }
        >
          {!isListed && <option value={generation}>{generation}</option>}
          {GENERATIONS.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <TextField
        label="Starting script"
        field="script"
        code
        rows={Math.min(10, Math.max(3, script.split('\n').length))}
        value={script}
        onChange={(changed) => onChange({ script: changed })}
      />
    </>
  );
}

function nameOf(id: string): string {
  return LESSONS.find((lesson) => lesson.id === id)?.title ?? id;
}
