// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QLocale>

namespace qproxysql {

/// Installs the translations for \a locale: the built-in ones, else those in the folder
/// share/qproxysql/translations beside the program, where other languages can be added. Includes
/// Qt's own texts if they are installed. English needs a translation for plurals.
void installTranslations(const QLocale &locale);

} // namespace qproxysql
