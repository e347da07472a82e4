// The worksheet of one lesson as it is printed.

import { useMemo } from 'react';
import type { LessonBody } from '../../../../lessons/lesson.ts';
import {
  type BeforeLine,
  type KeyedAnswer,
  type Question,
  worksheetOf,
} from '../../../../lessons/worksheet.ts';
import { replayWhole } from '../../../../session/replay.ts';
import { PrintedWiring } from '../PrintedWiring.tsx';
import { PaperHead } from './PaperHead.tsx';

interface WorksheetPaperProps {
  readonly lesson: LessonBody;
  readonly address: string;
  readonly answers: boolean;
}

export function WorksheetPaper({ lesson, address, answers }: WorksheetPaperProps) {
  const { questions } = useMemo(() => worksheetOf(lesson), [lesson]);
  return (
    <section className="worksheet-lesson" aria-label={lesson.title}>
      <PaperHead title={lesson.title} about={lesson.about} address={address} />
      {questions.map((question) => (
        <QuestionPaper key={question.number} question={question} answers={answers} />
      ))}
    </section>
  );
}

function QuestionPaper({ question, answers }: { readonly question: Question; readonly answers: boolean }) {
  const { number, ask, kernel, before, run, choices, room, answer } = question;
  return (
    <section className="worksheet-question" aria-label={`Question ${number}`}>
      <h3>
        {number}. {ask}
      </h3>
      <p>Kernel: {kernel}. Script before the question:</p>
      <pre>{before.map((line) => beforeText(line, answers)).join('\n')}</pre>
      {run.length > 0 && (
        <>
          <p>{run.length === 1 ? 'This line runs:' : 'These lines run:'}</p>
          <pre>{run.join('\n')}</pre>
        </>
      )}
      {choices.length > 0 && (
        <ol className="worksheet-choices">
          {choices.map(({ letter, text }) => (
            <li key={letter} data-right={answers && letter === answer.choice?.letter ? true : undefined}>
              <b>{letter}</b> {text}
            </li>
          ))}
        </ol>
      )}
      {answers ? (
        <KeyPaper answer={answer} />
      ) : (
        <>
          <p>{choices.length > 0 ? 'Reason:' : 'Your lines:'}</p>
          {Array.from({ length: room }, (_, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: empty lines neither move nor go
            <div key={at} className="worksheet-line" />
          ))}
        </>
      )}
    </section>
  );
}

function KeyPaper({ answer }: { readonly answer: KeyedAnswer }) {
  const { choice, solution, explain, source, end } = answer;
  return (
    <div className="worksheet-key">
      {choice !== null && (
        <p>
          <b>
            Answer: {choice.letter}, {choice.text}.
          </b>
        </p>
      )}
      {solution.length > 0 && (
        <>
          <p>
            <b>Answer, or other lines that reach the goal:</b>
          </p>
          <pre>{solution.join('\n')}</pre>
        </>
      )}
      <p>Wiring at the end:</p>
      <PrintedWiring replayed={replayWhole(end)} />
      {explain !== '' && <p>{explain}</p>}
      {source !== '' && <p className="worksheet-source">Source: {source}</p>}
    </div>
  );
}

function beforeText(line: BeforeLine, answers: boolean): string {
  if (line.text !== undefined) return line.text;
  return answers ? `# the lines of answer ${line.answerTo}` : `# your lines of question ${line.answerTo}`;
}
