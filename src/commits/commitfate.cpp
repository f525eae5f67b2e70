// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "commits/commitfate.h"

namespace qproxysql {

void CommitFate::end(Verdict verdict)
{
    m_step = Step::Done;
    m_verdict = verdict;
}

// An INSERT whose answer was lost is sent again: if it was executed, the row that it finds is its own.
void CommitFate::answered(Answer answer)
{
    switch (answer) {
    case Answer::Done:
    case Answer::IsVoid:
        end(Verdict::NotCommitted);
        break;
    case Answer::IsCommit:
        end(Verdict::Committed);
        break;
    case Answer::TokenExists:
        m_step = Step::Look;
        break;
    case Answer::IsMissing: // another server, which does not have it yet
    case Answer::Unknown:
        m_step = Step::Void;
        break;
    }
}

} // namespace qproxysql
