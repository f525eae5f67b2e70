// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

/// A child process, "reporting": opens connections until each server of \a hosts has one, prints
/// "ready", and leaves them idle until "end" or the end of its input.
int runIdleApplication(const QString &hosts);

/// A child process, "working": queries \a server continuously, in one connection of a pool of \a
/// hosts that begins with it, until it reads "end".
int runBusyApplication(const QString &server, const QString &hosts);
