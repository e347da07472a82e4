// The question: one from a list with a search field, or one composed from predicates.

import { useId, useState } from 'react';
import { QUESTIONS } from '../../../explore/questions.ts';
import { fuzzyFind } from '../../../views/commands/fuzzy.ts';
import { questionOf } from '../../../views/explore/problem.ts';
import { groupQuestions } from '../../../views/explore/questions.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { PredicateField } from '../../ui/PredicateField.tsx';
import { PredicateGuide } from '../../ui/PredicateGuide.tsx';
import { NeedsNote } from './NeedsNote.tsx';
import { chooseQuestion, chooseSearch, exploreSlice } from './store.ts';

const TWO = QUESTIONS.filter(({ sides }) => sides === 2).map(({ id }) => id);

/** The question of the search. */
export function QuestionForm() {
  const app = useApp();
  const setup = useSlice(exploreSlice, (state) => state.setup);
  const { asked, against, generation } = setup;
  const name = useId();
  const [sought, setSought] = useState('');
  const [text, setText] = useState(asked.kind === 'composed' ? asked.text : '');
  const isComposed = asked.kind === 'composed';
  const groups = groupQuestions(fuzzyFind(sought, QUESTIONS, ({ id, title }) => `${id} ${title}`));
  // a question about two kernels needs a second one
  const other = generation === 'dynamic' ? 'v3' : 'dynamic';
  const choose = (id: string) => {
    chooseQuestion(app, {
      asked: { kind: 'named', id },
      ...(TWO.includes(id) && against === null ? { against: other } : {}),
    });
  };
  const compose = (next: string) => {
    setText(next);
    const composed = { ...setup, asked: { kind: 'composed', text: next } } as const;
    const read = questionOf(composed);
    const two = read.ok && read.value.sides === 2 && against === null;
    chooseSearch(app, { asked: composed.asked, ...(two ? { against: other } : {}) });
  };
  const chosen = questionOf(setup);
  return (
    <fieldset className="explore-group">
      <legend>Question</legend>
      <div className="segments explore-kind">
        <label>
          <input
            type="radio"
            name={`${name}-kind`}
            checked={!isComposed}
            onChange={() => choose('original-irq-freed')}
          />
          <span>from the list</span>
        </label>
        <label>
          <input type="radio" name={`${name}-kind`} checked={isComposed} onChange={() => compose(text)} />
          <span>composed</span>
        </label>
      </div>
      {isComposed ? (
        <>
          <PredicateField
            text={asked.text}
            onChange={compose}
            label="Predicate"
            kernels={2}
            placeholder="original-irq-freed and not errno(ENOSPC)"
            rows={3}
            note={
              asked.text.trim() === ''
                ? 'The search looks for the first line after which the predicate is true. Tab accepts a completion.'
                : 'The search looks for the first line after which this is true.'
            }
          />
          <NeedsNote />
          <PredicateGuide
            kernels={2}
            onAdd={(example) => {
              const before = asked.text.trim();
              compose(before === '' ? example : `${before} and ${example}`);
            }}
          />
        </>
      ) : (
        <>
          <p>{chosen.ok ? chosen.value.title : 'Choose a question.'}</p>
          <NeedsNote />
          <input
            type="search"
            aria-label="Find a question"
            placeholder={`Find one of ${QUESTIONS.length} questions`}
            value={sought}
            onChange={({ target }) => setSought(target.value)}
          />
          <div className="explore-questions scroll framed" role="group" aria-label="Questions">
            {groups.map(({ title, questions }) => (
              <fieldset key={title}>
                <legend>{title}</legend>
                {questions.map((question) => (
                  <label key={question.id}>
                    <input
                      type="radio"
                      name={name}
                      checked={asked.kind === 'named' && asked.id === question.id}
                      onChange={() => choose(question.id)}
                    />
                    <span>{question.title}</span>
                  </label>
                ))}
              </fieldset>
            ))}
            {groups.length === 0 && <p className="nothing">No question matches.</p>}
          </div>
        </>
      )}
    </fieldset>
  );
}
