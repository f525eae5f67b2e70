// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArrayList>
#include <QtCore/QRandomGenerator>

/// Makes new inputs for a parser out of good ones: cuts, doubles, swaps and flips bytes, and puts in
/// words that mean something to the parser. Reproducible by its seed. One thread.
class Mutator
{
public:
    /// \a corpus: at least one input. \a words: what the parser knows.
    Mutator(quint32 seed, QByteArrayList corpus, QByteArrayList words);

    QByteArray next();
    /// An input that was understood is worth going on from. Keeps the last few hundred.
    void keep(const QByteArray &input);

private:
    void change(QByteArray *input);
    qsizetype placeIn(const QByteArray &input);
    QByteArray pieceOf(const QByteArray &input);

    QRandomGenerator m_random;
    QByteArrayList m_corpus;
    const qsizetype m_firstKept;
    const QByteArrayList m_words;
};
