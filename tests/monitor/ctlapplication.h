// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

/// A child process of the test: an application with 40 idle connections in threads without an event
/// loop and one open transaction. Prints "ready PEER" with the transaction's peer, then executes
/// each line of input: "work", "commit", "peers", "end", and prints the result. Returns the exit
/// code.
int runCtlApplication(const QString &hosts);

/// A child process with two connections, made by name. The first, "localhost:SOCKET", is the server
/// with that port and socket; \a other is host:port of 127.0.0.1. Prints "ready PEER", and at each
/// "peers" which peer answered a SELECT.
int runSpellingApplication(const QString &port, const QString &socket, const QString &other);
