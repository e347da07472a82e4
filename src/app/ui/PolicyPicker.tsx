// The choice of policies for a what-if kernel: the kernel that it is based on, and one choice for each policy. Every policy begins
// with the base's own choice.

import { useId } from 'react';
import type { NamedGenerationId } from '../../kernel/generations/generation.ts';
import { type Policy, type PolicyModel, withChoice } from '../../views/patch/policies.ts';
import { GenerationSelect } from './GenerationSelect.tsx';
import './policies.css';

interface PolicyPickerProps {
  readonly model: PolicyModel;
  readonly base: NamedGenerationId;
  /** The tokens of the changed policies. */
  readonly changes: readonly string[];
  readonly onChange: (base: NamedGenerationId, changes: readonly string[]) => void;
  /** Functions that a patch touches; a policy with code in one of them says so. */
  readonly touched?: readonly string[];
}

/** The list of policies. */
export function PolicyPicker({ model, base, changes, onChange, touched = [] }: PolicyPickerProps) {
  const usual = model.tokensOf(base);
  return (
    <div className="policies stack gap-8">
      <GenerationSelect
        label="Base kernel "
        className="policies-base"
        value={base}
        onChange={(chosen) => {
          // a change that is the new base's own choice is none
          if (chosen === null) return;
          const own = model.tokensOf(chosen);
          onChange(
            model.baseOf(chosen),
            changes.filter((token) => !own.includes(token)),
          );
        }}
      />
      {model.policies.map((policy) => (
        <PolicyChoices
          key={policy.id}
          policy={policy}
          usual={usual}
          chosen={policy.choices.find(({ token }) => changes.includes(token))?.token ?? null}
          touched={touched}
          onChoose={(token) => onChange(base, withChoice(changes, policy, token))}
        />
      ))}
    </div>
  );
}

interface PolicyChoicesProps {
  readonly policy: Policy;
  readonly usual: readonly string[];
  /** Null for the base's own choice. */
  readonly chosen: string | null;
  readonly touched: readonly string[];
  readonly onChoose: (token: string | null) => void;
}

function PolicyChoices({ policy, usual, chosen, touched, onChoose }: PolicyChoicesProps) {
  const id = useId();
  const { title, choices, fn } = policy;
  const own = choices.find(({ token }) => usual.includes(token));
  return (
    <fieldset className="policies-one" data-changed={chosen === null ? undefined : true}>
      <legend>
        {title}
        <small>
          {' '}
          · in {fn}
          {touched.includes(fn) && ', which the patch touches'}
        </small>
      </legend>
      <label>
        <input type="radio" name={id} checked={chosen === null} onChange={() => onChoose(null)} />
        <span>
          <b>unchanged</b>
          {own !== undefined && (
            <>
              : {own.title}. <small>{own.text}</small>
            </>
          )}
        </span>
      </label>
      {choices
        .filter((choice) => choice !== own)
        .map(({ token, title: name, text }) => (
          <label key={token}>
            <input type="radio" name={id} checked={chosen === token} onChange={() => onChoose(token)} />
            <span>
              <b>{name}</b>.{' '}
              <small>
                {text} <code>{token}</code>
              </small>
            </span>
          </label>
        ))}
    </fieldset>
  );
}
