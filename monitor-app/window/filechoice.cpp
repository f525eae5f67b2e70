// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/filechoice.h"

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

/// "csv" of "CSV (*.csv)".
QString suffixOf(const QString &filter)
{
    return filter.section("*."_L1, 1, 1).section(u')', 0, 0);
}

} // namespace

void FileChoice::open(QWidget *window, std::function<void(const QString &)> chosen) const
{
    auto *const dialog = new QFileDialog(window, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(mode);
    dialog->setNameFilters(filters);
    dialog->setOption(QFileDialog::DontConfirmOverwrite, isAppended);
    if (mode == QFileDialog::AcceptOpen) {
        dialog->setFileMode(QFileDialog::ExistingFile);
    } else {
        dialog->setFileMode(QFileDialog::AnyFile);
        dialog->setDefaultSuffix(suffixOf(filters.constFirst()));
        QObject::connect(dialog, &QFileDialog::filterSelected, dialog,
                         [dialog](const QString &filter) {
                             dialog->setDefaultSuffix(suffixOf(filter));
                         });
    }
    QObject::connect(dialog, &QFileDialog::fileSelected, window, std::move(chosen));
    dialog->open();
}

} // namespace qproxysql
