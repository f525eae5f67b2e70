// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArray>

namespace qproxysql::sandbox {

/// A resolver that never answers for one host name: while this object lives, every getaddrinfo() of this process
/// for that name, and for those that end with it after a dot, blocks, whoever calls it (also the client library of a
/// plugin). Other names resolve as ever.
///
/// Works without rights and without a child process: a program that links qproxysql_sandbox_resolver has
/// a getaddrinfo() of its own in front of the C library's (ELF systems). One object at a time. Those who still wait
/// when it is destroyed get EAI_AGAIN.
class DeadResolver
{
public:
    explicit DeadResolver(const QByteArray &name);
    ~DeadResolver();
    Q_DISABLE_COPY_MOVE(DeadResolver)

    /// Calls for the name so far, and those that wait now. Any thread.
    int calls() const;
    int waiting() const;
};

} // namespace qproxysql::sandbox
