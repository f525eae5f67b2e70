// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

/// What a child of the test is: an application with 40 idle connections in threads without event loop and
/// one open transaction. Says "ready PEER" with the transaction's peer, then does what each line tells
/// it: "work", "commit", "peers", "end"; and says what came of it. Returns the exit code.
int runCtlApplication(const QString &hosts);

/// Another one: two connections, made by name, of which the first, "localhost:SOCKET", is the server with that
/// port and socket; \a other is host:port of 127.0.0.1. Says "ready PEER", and at each "peers" which peer
/// a SELECT was answered by.
int runSpellingApplication(const QString &port, const QString &socket, const QString &other);
