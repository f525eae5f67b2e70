// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "mutator.h"

#include <array>
#include <utility>

namespace {

constexpr qsizetype LongestInput = 64 * 1024;
constexpr qsizetype MostKept = 300;
constexpr qsizetype LongestPiece = 40;

} // namespace

Mutator::Mutator(quint32 seed, QByteArrayList corpus, QByteArrayList words)
    : m_random(seed)
    , m_corpus(std::move(corpus))
    , m_firstKept(m_corpus.size())
    , m_words(std::move(words))
{
}

QByteArray Mutator::next()
{
    QByteArray input = m_corpus.at(m_random.bounded(int(m_corpus.size())));
    for (int changes = 1 + m_random.bounded(6); changes > 0; --changes)
        change(&input);
    input.truncate(LongestInput);
    return input;
}

void Mutator::keep(const QByteArray &input)
{
    if (m_corpus.size() < m_firstKept + MostKept)
        m_corpus.append(input);
    else
        m_corpus[m_firstKept + m_random.bounded(int(MostKept))] = input;
}

void Mutator::change(QByteArray *input)
{
    static constexpr std::array odd{'\0', '"',  '\\', ';',    '=',    ',', '[', ']', '{',
                                    '}',  '\n', '\r', '\x80', '\xff', '-', '9', 'e', ' '};
    const qsizetype at = placeIn(*input);
    switch (m_random.bounded(8)) {
    case 0:
        input->remove(at, m_random.bounded(int(LongestPiece)));
        break;
    case 1:
        input->insert(at, pieceOf(*input));
        break;
    case 2:
        input->insert(at, pieceOf(m_corpus.at(m_random.bounded(int(m_corpus.size())))));
        break;
    case 3:
        input->insert(at, m_words.at(m_random.bounded(int(m_words.size()))));
        break;
    case 4:
        input->insert(at, odd.at(size_t(m_random.bounded(int(odd.size())))));
        break;
    case 5:
        input->truncate(at);
        break;
    case 6:
        input->insert(at, QByteArray(1 + m_random.bounded(2000),
                                     odd.at(size_t(m_random.bounded(int(odd.size()))))));
        break;
    default:
        if (at < input->size())
            (*input)[at] = char((*input)[at] ^ (1 << m_random.bounded(8)));
    }
}

qsizetype Mutator::placeIn(const QByteArray &input)
{
    return m_random.bounded(int(input.size()) + 1);
}

QByteArray Mutator::pieceOf(const QByteArray &input)
{
    return input.mid(placeIn(input), 1 + m_random.bounded(int(LongestPiece)));
}
