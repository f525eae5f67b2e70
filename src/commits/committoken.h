// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArray>

#include <chrono>

namespace qproxysql {

/// Names one attempt to commit a transaction. It is written with the transaction, so its row exists exactly
/// if the transaction was committed. Value type.
class CommitToken
{
public:
    /// UUIDv7 (RFC 9562): the first 48 bits are the wall clock in milliseconds, so that tokens are ordered by time; 74
    /// bits are random, from the system for each token, so that neither a fork nor a copied virtual machine
    /// repeats them. Any thread.
    static CommitToken fresh();

    /// As a literal of SQL: X'0190...'.
    QByteArray literal() const;

    /// A literal that is greater than each token that is older than \a age by the wall clock.
    static QByteArray literalOfAge(std::chrono::milliseconds age);

    /// How long ago it was made, by a clock that goes on while the machine is suspended.
    std::chrono::milliseconds age() const;

    friend bool operator==(const CommitToken &, const CommitToken &) = default;

private:
    QByteArray m_bytes; ///< 16
    std::chrono::nanoseconds m_madeAt{0};
};

} // namespace qproxysql
