// The question: one from a list with a search field, or one composed from predicates.

import { useId, useState } from 'react';
import { QUESTIONS } from '../../../explore/questions.ts';
import { fuzzyFind } from '../../../views/commands/fuzzy.ts';
import { questionOf } from '../../../views/explore/problem.ts';
import { groupQuestions } from '../../../views/explore/questions.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { NeedsNote } from './NeedsNote.tsx';
import { PredicateField } from './PredicateField.tsx';
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
  const choose = (id: string) => {
    const other = generation === 'dynamic' ? 'v3' : 'dynamic';
    // a question about two kernels needs a second one
    chooseQuestion(app, {
      asked: { kind: 'named', id },
      ...(TWO.includes(id) && against === null ? { against: other } : {}),
    });
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
          <input
            type="radio"
            name={`${name}-kind`}
            checked={isComposed}
            onChange={() => chooseSearch(app, { asked: { kind: 'composed', text } })}
          />
          <span>composed</span>
        </label>
      </div>
      {isComposed ? (
        <>
          <PredicateField
            text={asked.text}
            onChange={(next) => {
              setText(next);
              chooseSearch(app, { asked: { kind: 'composed', text: next } });
            }}
          />
          <NeedsNote />
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
